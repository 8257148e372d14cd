package io.muster.mpi.transport;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The memory that the ranks of one node share: a file that all of them map and the last one removes.
 *
 * <pre>
 *   0      magic                                             (long)
 *   8      ranks on this node                                (int)
 *   12     ranks that have mapped it                         (int, counted up atomically)
 *   64     who sleeps                                        (ranks × 64, see Sleepers)
 *   …      rings: from rank 0 to 0, 0 to 1, … 1 to 0, …      (ranks × ranks × stride, see RingLayout)
 * </pre>
 *
 * <p>Only pages that are written take memory. Rings get smaller the more ranks there are, so that all rings of a node
 * together stay at about 64 MiB.
 */
final class SharedSegment implements AutoCloseable {
    private static final long MAGIC = 0x4d5553544552_3031L;
    private static final int MAGIC_AT = 0;
    private static final int RANKS_AT = 8;
    private static final int MAPPED_AT = 12;
    private static final int SLEEPERS_AT = 64;
    private static final int PAGE = 4096;

    private static final long MAX_TOTAL = 64L << 20;
    private static final long MAX_RING = 512L << 10;
    private static final long MIN_RING = 16L << 10;
    private static final String FILE_NAME = "rings";
    private static final VarHandle MAPPED = ValueLayout.JAVA_INT.varHandle();

    private final Arena arena;
    private final MemorySegment memory;
    private final int ranks;

    private SharedSegment(Arena arena, MemorySegment memory, int ranks) {
        this.arena = arena;
        this.memory = memory;
        this.ranks = ranks;
    }

    static long ringCapacity(int ranks) {
        long share = MAX_TOTAL / ((long) ranks * ranks);
        return Math.clamp(Long.highestOneBit(Math.max(1, share)), MIN_RING, MAX_RING);
    }

    /** Makes the file; one rank of the node does so before the others open it. */
    static void create(Path folder, int ranks) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, mode);
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, sizeBytes(ranks), arena);
            memory.set(ValueLayout.JAVA_INT, RANKS_AT, ranks);
            memory.set(ValueLayout.JAVA_LONG, MAGIC_AT, MAGIC);
        }
    }

    /** Maps the file, and removes its name when all ranks have done so. */
    @SuppressWarnings("MustBeClosedChecker") // the segment owns the arena
    static SharedSegment open(Path folder, int ranks) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, sizeBytes(ranks), arena);
            long magic = memory.get(ValueLayout.JAVA_LONG, MAGIC_AT);
            int found = memory.get(ValueLayout.JAVA_INT, RANKS_AT);
            if (magic != MAGIC || found != ranks) {
                throw new IOException(file + " is for " + found + " ranks, not " + ranks
                        + "; it belongs to another job or version: remove it and start again");
            }
            if ((int) MAPPED.getAndAdd(memory, (long) MAPPED_AT, 1) == ranks - 1) {
                Files.deleteIfExists(file);
            }
            return new SharedSegment(arena, memory, ranks);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    Sleepers sleepers(int me, Doorbell doorbell) throws IOException {
        return new Sleepers(memory, SLEEPERS_AT, ranks, me, doorbell, doorbell.openBell());
    }

    RingWriter writer(int from, int to, Runnable wake) {
        return new RingWriter(memory, ringAt(from, to), ringCapacity(ranks), wake);
    }

    RingReader reader(int from, int to, int peer, Runnable wake) {
        return new RingReader(memory, ringAt(from, to), ringCapacity(ranks), peer, wake);
    }

    @Override
    public void close() {
        arena.close();
    }

    private long ringAt(int from, int to) {
        return ringsAt(ranks) + ((long) from * ranks + to) * RingLayout.strideBytes(ringCapacity(ranks));
    }

    private static long ringsAt(int ranks) {
        long end = SLEEPERS_AT + (long) ranks * Sleepers.LINE;
        return (end + PAGE - 1) & -PAGE;
    }

    private static long sizeBytes(int ranks) {
        return ringsAt(ranks) + (long) ranks * ranks * RingLayout.strideBytes(ringCapacity(ranks));
    }
}
