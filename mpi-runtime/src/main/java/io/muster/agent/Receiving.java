package io.muster.agent;

import io.muster.launch.RandomBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** The agent's side of staging: content goes to a part file, is verified, and only then gets its name. */
final class Receiving {
    private static final int NAME_BYTES = 8;

    private final Path parts;
    private final ContentStore store;

    Receiving(Path agentFolder) {
        this.parts = agentFolder.resolve("parts");
        this.store = new ContentStore(agentFolder.resolve("store"), ContentStore.USUAL_MAX_BYTES);
    }

    void receive(JobFolder job, AgentRequest.Stage wanted, AgentService.Replies replies) throws IOException {
        if (!wanted.sha256().matches("[0-9a-f]{64}") || wanted.sizeBytes() < 0) {
            throw new AgentException(AgentException.Kind.WRONG_INPUT, "no file has such a checksum or size: " + wanted);
        }
        JobFiles files = new JobFiles(job);
        Path target = files.target(wanted.relativePath());
        Path part = parts.resolve(HexFormat.of().formatHex(RandomBytes.of(NAME_BYTES)));
        try {
            Files.createDirectories(parts);
            files.createParent(target);
            boolean known = store.copyTo(part, wanted.sha256(), wanted.sizeBytes());
            if (!known) {
                requireSpace(wanted);
                replies.send(new AgentReply.Wanted(true));
                takeContent(wanted, part, replies);
                store.keep(part, wanted.sha256());
            }
            setMode(part, wanted.executable());
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            replies.send(known ? new AgentReply.Wanted(false) : new AgentReply.Done());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void requireSpace(AgentRequest.Stage wanted) throws IOException {
        long usable = Files.getFileStore(parts).getUsableSpace();
        if (usable < wanted.sizeBytes()) {
            store.drop();
            usable = Files.getFileStore(parts).getUsableSpace();
        }
        if (usable < wanted.sizeBytes()) {
            throw new AgentException(
                    AgentException.Kind.DISK_FULL,
                    "no space left for " + wanted.relativePath() + ": it has " + wanted.sizeBytes()
                            + " bytes, the disk " + usable
                            + ". Free some space on that node, or ask for a larger disk.");
        }
    }

    /** Confirms every chunk but the last, which the whole file is confirmed with. */
    private void takeContent(AgentRequest.Stage wanted, Path part, AgentService.Replies replies) throws IOException {
        MessageDigest digest = Sha256.digest();
        long left = wanted.sizeBytes();
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (true) {
                byte[] bytes = replies.receiveChunk();
                if (bytes.length > left || (bytes.length == 0 && left > 0)) {
                    throw new IOException(
                            "the content of " + wanted.relativePath() + " has not the size that was said");
                }
                digest.update(bytes);
                write(out, bytes, wanted.relativePath());
                left -= bytes.length;
                if (left == 0) {
                    break;
                }
                replies.send(new AgentReply.Done());
            }
        }
        Sha256.require(wanted.sha256(), digest, wanted.relativePath());
    }

    /** When there is no room, what is kept for later gives way. */
    private void write(FileChannel out, byte[] bytes, String what) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        try {
            try {
                writeAll(out, left);
            } catch (IOException e) {
                store.drop();
                writeAll(out, left);
            }
        } catch (IOException e) {
            throw JobFiles.writingFailed(what, e);
        }
    }

    private static void writeAll(FileChannel out, ByteBuffer left) throws IOException {
        while (left.hasRemaining()) {
            out.write(left);
        }
    }

    private static void setMode(Path part, boolean executable) throws IOException {
        Set<PosixFilePermission> mode = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if (executable) {
            mode.add(PosixFilePermission.OWNER_EXECUTE);
        }
        Files.setPosixFilePermissions(part, mode);
    }
}
