package io.muster.launch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folders that are made and have to go again. */
public final class Folders {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final String NODE_FOLDER = "MUSTER_SHARED_MEMORY";
    private static final int NAME_BYTES = 8;

    private Folders() {}

    /**
     * A name for a folder in shared memory, or among the temporary files where there is none; not made yet. It lies in
     * the node's own folder when {@value #NODE_FOLDER} names one, so that it goes with the node at the latest.
     */
    public static Path newSharedFolder(String jobId) {
        return sharedParent(System.getenv())
                .resolve("muster-" + jobId + "-" + HexFormat.of().formatHex(RandomBytes.of(NAME_BYTES)));
    }

    static Path sharedParent(Map<String, String> environment) {
        String ofNode = environment.getOrDefault(NODE_FOLDER, "");
        if (!ofNode.isBlank() && Files.isWritable(Path.of(ofNode))) {
            return Path.of(ofNode);
        }
        return Files.isWritable(SHARED_MEMORY) ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Makes a folder that only the user can enter. */
    public static void createPrivate(Path folder) throws IOException {
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Writes a file that only the user can read. */
    public static void writePrivate(Path file, byte[] content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content);
    }

    /** Removes a folder with all that is in it, follows no link, and does not mind when it is gone. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
