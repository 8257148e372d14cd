package io.muster.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Content that came to this node, by its SHA-256, so that it need not come again. It only saves sending: whatever fails
 * here, the content is asked for once more. Bounded; what was not used for longest goes first. Thread-safe.
 *
 * <p>Jobs get copies, not links: a job that writes to its input would change that of other jobs, too.
 */
final class ContentStore {
    static final long USUAL_MAX_BYTES = 2L << 30;

    /** Larger files are not kept. */
    private static final long MAX_FILE_BYTES = 256L << 20;

    private final Path folder;
    private final long maxBytes;

    ContentStore(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    private record Kept(Path file, long sizeBytes, FileTime usedAt) {}

    /** Puts content into a file that does not exist yet; false when it is not here. */
    boolean copyTo(Path target, String sha256, long sizeBytes) throws IOException {
        Path kept = folder.resolve(sha256);
        try {
            if (!Files.exists(kept) || Files.size(kept) != sizeBytes) {
                return false;
            }
            Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
            copyOrMove(kept, target);
            return true;
        } catch (NoSuchFileException e) {
            // Another job's files needed the room just now.
            Files.deleteIfExists(target);
            return false;
        }
    }

    private static void copyOrMove(Path kept, Path target) throws IOException {
        try {
            Files.copy(kept, target);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            // A full disk has room for one of the two.
            Files.move(kept, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Keeps a copy of a file, if there is room for it. */
    void keep(Path file, String sha256) throws IOException {
        long sizeBytes = Files.size(file);
        if (sizeBytes > Math.min(MAX_FILE_BYTES, maxBytes)) {
            return;
        }
        Path copy = file.resolveSibling(file.getFileName() + ".kept");
        try {
            Files.createDirectories(folder);
            trimTo(maxBytes - sizeBytes);
            Files.copy(file, copy);
            Files.move(copy, folder.resolve(sha256), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Without room for it, the job can still run.
            Files.deleteIfExists(copy);
        }
    }

    /** Gives the disk back what all of it takes. */
    void drop() throws IOException {
        trimTo(0);
    }

    private synchronized void trimTo(long bytes) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Kept> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                all.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        all.sort(Comparator.comparing(Kept::usedAt));
        long left = all.stream().mapToLong(Kept::sizeBytes).sum();
        for (Kept oldest : all) {
            if (left <= bytes) {
                return;
            }
            Files.deleteIfExists(oldest.file());
            left -= oldest.sizeBytes();
        }
    }
}
