package io.muster.mpi.onesided;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The memory of a window that ranks of one machine share: a file that one of them makes, all map, and that has no name
 * any more when the window is made.
 *
 * <pre>
 *   0      locks of each rank's part          (ranks × 128, see ControlLine)
 *   …      the parts, in order of ranks       (from a multiple of 4096 on)
 * </pre>
 */
final class SharedWindowFile {
    private static final int PAGE = 4096;

    private SharedWindowFile() {}

    static long dataAt(int ranks) {
        return ((long) ranks * ControlLine.BYTES + PAGE - 1) & -PAGE;
    }

    /** Makes the file, zeroed. */
    static void create(Path file, long sizeBytes) {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long free = Files.getFileStore(file.getParent()).getUsableSpace();
            // Memory that turns out not to be there when it is written would end the process.
            if (free < sizeBytes) {
                throw new Failure(
                        ErrorClass.NO_MEM,
                        "the window needs " + sizeBytes + " bytes of shared memory; " + file.getParent() + " has "
                                + free);
            }
            try (FileChannel channel = FileChannel.open(file, options, mode);
                    Arena arena = Arena.ofConfined()) {
                channel.map(MapMode.READ_WRITE, 0, sizeBytes, arena);
            }
        } catch (IOException e) {
            throw new Failure(ErrorClass.NO_MEM, "cannot make " + file + ": " + e.getMessage(), e);
        }
    }

    /** Maps the file until the arena is closed. */
    static MemorySegment map(Path file, long sizeBytes, Arena arena) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(MapMode.READ_WRITE, 0, sizeBytes, arena);
        } catch (IOException e) {
            throw new Failure(ErrorClass.NO_MEM, "cannot map " + file + ": " + e.getMessage(), e);
        }
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Failure(ErrorClass.OTHER, "cannot remove " + file + ": " + e.getMessage(), e);
        }
    }
}
