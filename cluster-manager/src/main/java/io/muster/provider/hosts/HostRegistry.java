package io.muster.provider.hosts;

import io.muster.provider.Names;
import io.muster.provider.ProviderException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Which machines were ever taken, a file each: machines cannot be listed, so somebody has to remember whom to ask.
 * Blocks on the disk. Thread-safe for different nodes.
 *
 * @param folder existing folder for the user alone
 */
record HostRegistry(Path folder) {
    /** Neither is part of a name. */
    private static final String BETWEEN = ".";

    private static final String PARTIAL = "~";

    Path file(String cluster, String node) {
        return folder.resolve(Names.checked("cluster", cluster) + BETWEEN + Names.checked("node", node));
    }

    void write(HostEntry entry) throws IOException {
        Path file = file(entry.cluster(), entry.node());
        Path partial = file.resolveSibling(file.getFileName() + PARTIAL);
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        StringWriter text = new StringWriter();
        entry.properties().store(text, null);
        Files.writeString(partial, text.toString());
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Optional<HostEntry> read(String cluster, String node) throws ProviderException {
        Path file = file(cluster, node);
        return Files.exists(file) ? read(file) : Optional.empty();
    }

    void remove(String cluster, String node) throws IOException {
        Files.deleteIfExists(file(cluster, node));
    }

    /** The nodes of a cluster by index. */
    List<HostEntry> of(String cluster) throws ProviderException {
        return matching(Names.checked("cluster", cluster) + BETWEEN + "*");
    }

    /** All nodes by cluster and index. */
    List<HostEntry> all() throws ProviderException {
        return matching("*");
    }

    private List<HostEntry> matching(String pattern) throws ProviderException {
        List<HostEntry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            for (Path file : files) {
                if (!file.toString().endsWith(PARTIAL)) {
                    read(file).ifPresent(entries::add);
                }
            }
        } catch (IOException e) {
            throw new ProviderException("cannot read which hosts were taken in " + folder + ": " + e.getMessage(), e);
        }
        entries.sort(Comparator.comparing(HostEntry::cluster).thenComparingInt(HostEntry::index));
        return entries;
    }

    private static Optional<HostEntry> read(Path file) throws ProviderException {
        Properties all = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            all.load(in);
            return Optional.of(HostEntry.of(all));
        } catch (NoSuchFileException e) {
            // Another process gave the machine back just now.
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            throw new ProviderException(
                    "what is known of a host is damaged: " + file + ": " + e.getMessage()
                            + ". Next step: remove that file; when the sizing file names the host again, it is found.",
                    e);
        }
    }
}
