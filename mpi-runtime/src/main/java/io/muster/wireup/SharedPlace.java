package io.muster.wireup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a rank can share memory with others: those with the same {@code machine} may open what it puts in its folder.
 *
 * @param machine boot id of the machine, identity of its shared memory as this rank sees it, and user: equal for ranks
 *     that see the same files there, also when they belong to different nodes; different in containers with shared
 *     memory of their own
 * @param folder the rank's folder in shared memory
 */
public record SharedPlace(String machine, String folder) {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** The place of a rank with this folder; empty where the folder is not in shared memory, or this is not Linux. */
    public static Optional<SharedPlace> of(Path folder) {
        if (!isInSharedMemory(folder)) {
            return Optional.empty();
        }
        try {
            String machine = String.join(
                    " ",
                    Files.readString(BOOT_ID).trim(),
                    attribute(SHARED_MEMORY, "dev"),
                    attribute(SHARED_MEMORY, "ino"),
                    attribute(folder, "uid"));
            return Optional.of(new SharedPlace(machine, folder.toString()));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The folder as a path; throws when it does not lie in shared memory, whatever the rank says. */
    public Path path() throws IOException {
        Path path = Path.of(folder);
        if (!isInSharedMemory(path)) {
            throw new IOException(folder + " of another rank does not lie in " + SHARED_MEMORY);
        }
        return path;
    }

    private static boolean isInSharedMemory(Path folder) {
        return folder.startsWith(SHARED_MEMORY) && folder.equals(folder.normalize());
    }

    private static String attribute(Path file, String name) throws IOException {
        return Files.getAttribute(file, "unix:" + name, LinkOption.NOFOLLOW_LINKS)
                .toString();
    }
}
