package io.muster.provider.local;

import io.muster.launch.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;

/**
 * The files of one local node.
 *
 * <pre>
 *   node.properties     tags and intent, there from the first moment on
 *   host_key            private host key, 0600
 *   running.properties  process and port, written when the node listens
 *   failed              why it does not, in place of that
 *   node.log            what the process says that serves it; in the first node of those that it serves
 *   home/  tmp/         of the commands on the node
 * </pre>
 */
record NodeFolder(Path path) {

    /** What a node says of itself once it listens. */
    record Listening(ProcessId process, int port) {}

    Path hostKey() {
        return path.resolve("host_key");
    }

    Path home() {
        return path.resolve("home");
    }

    Path tmp() {
        return path.resolve("tmp");
    }

    Path log() {
        return path.resolve("node.log");
    }

    private Path tagsFile() {
        return path.resolve("node.properties");
    }

    private Path listeningFile() {
        return path.resolve("running.properties");
    }

    private Path failureFile() {
        return path.resolve("failed");
    }

    NodeTags tags() throws IOException {
        return NodeTags.read(tagsFile());
    }

    /** Fills a folder that exists with everything that the node's process needs. */
    void fill(NodeTags tags, String privateHostKey) throws IOException {
        Files.createDirectory(home());
        Files.createDirectory(tmp());
        Files.createFile(hostKey(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(hostKey(), privateHostKey);
        tags.write(tagsFile());
    }

    void writeListening(Listening listening) throws IOException {
        Properties values = new Properties();
        values.setProperty("process", listening.process().toString());
        values.setProperty("port", Integer.toString(listening.port()));
        PropertyFile.write(listeningFile(), values);
    }

    /** Says why the node does not come to listen. */
    void writeFailure(String reason) throws IOException {
        DurableFile.write(failureFile(), reason.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty unless the node will not come to listen. */
    Optional<String> failure() throws IOException {
        try {
            return Optional.of(Files.readString(failureFile()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Empty until the node listens. */
    Optional<Listening> listening() throws IOException {
        try {
            PropertyFile values = PropertyFile.read(listeningFile());
            return Optional.of(new Listening(ProcessId.parse(values.text("process")), values.number("port")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
