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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The memory that the ranks of one machine share: a file that all of them map and the last one removes.
 *
 * <pre>
 *   0      magic                                             (long)
 *   8      ranks that share it                               (int)
 *   12     ranks that have mapped it                         (int, counted up atomically)
 *   64     who sleeps                                        (ranks × 64, see Sleepers)
 *   …      where they meet                                   (see Meeting)
 *   …      rings: from rank 0 to 0, 0 to 1, … 1 to 0, …      (ranks × ranks × stride, see RingLayout)
 * </pre>
 *
 * <p>Only pages that are written take memory. Rings get smaller the more ranks there are, so that all rings of a node
 * together stay at about 64 MiB.
 */
final class SharedSegment {
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
    private static final String NEW_FILE_NAME = "rings.new";
    private static final Duration CREATE_TIMEOUT = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final VarHandle MAPPED = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment memory;
    private final int ranks;

    private SharedSegment(MemorySegment memory, int ranks) {
        this.memory = memory;
        this.ranks = ranks;
    }

    static long ringCapacity(int ranks) {
        long share = MAX_TOTAL / ((long) ranks * ranks);
        return Math.clamp(Long.highestOneBit(Math.max(1, share)), MIN_RING, MAX_RING);
    }

    /** Makes the file, at once as a whole; one of the ranks does so. */
    static void create(Path folder, int ranks) throws IOException {
        Path file = folder.resolve(NEW_FILE_NAME);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, mode);
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, sizeBytes(ranks), arena);
            memory.set(ValueLayout.JAVA_INT, RANKS_AT, ranks);
            memory.set(ValueLayout.JAVA_LONG, MAGIC_AT, MAGIC);
        }
        Files.move(file, folder.resolve(FILE_NAME), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitFile(Path file) throws IOException {
        long deadline = System.nanoTime() + CREATE_TIMEOUT.toNanos();
        while (!Files.exists(file)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(file + " was not made by the first rank of this machine within "
                        + CREATE_TIMEOUT.toSeconds() + " s; did that rank fail?");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** Maps the file when it is there, and removes its name when all ranks have done so. */
    static SharedSegment open(Path folder, int ranks) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        awaitFile(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Without checks on each access whether it is still mapped: it is while anybody refers to it.
            MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, sizeBytes(ranks), Arena.ofAuto());
            long magic = memory.get(ValueLayout.JAVA_LONG, MAGIC_AT);
            int found = memory.get(ValueLayout.JAVA_INT, RANKS_AT);
            if (magic != MAGIC || found != ranks) {
                throw new IOException(file + " is for " + found + " ranks, not " + ranks
                        + "; it belongs to another job or version: remove it and start again");
            }
            if ((int) MAPPED.getAndAdd(memory, (long) MAPPED_AT, 1) == ranks - 1) {
                Files.deleteIfExists(file);
            }
            return new SharedSegment(memory, ranks);
        }
    }

    Sleepers sleepers(int me, Doorbell doorbell) throws IOException {
        return new Sleepers(memory, SLEEPERS_AT, ranks, me, doorbell, doorbell.openBell());
    }

    Meeting meeting(int me, Sleepers sleepers) {
        return new Meeting(memory, meetingAt(ranks), ranks, me, sleepers);
    }

    RingWriter writer(int from, int to, Runnable wake) {
        return new RingWriter(memory, ringAt(from, to), ringCapacity(ranks), wake);
    }

    RingReader reader(int from, int to, int peer, Runnable wake) {
        return new RingReader(memory, ringAt(from, to), ringCapacity(ranks), peer, wake);
    }

    private long ringAt(int from, int to) {
        return ringsAt(ranks) + ((long) from * ranks + to) * RingLayout.strideBytes(ringCapacity(ranks));
    }

    private static long meetingAt(int ranks) {
        return SLEEPERS_AT + (long) ranks * Sleepers.LINE;
    }

    private static long ringsAt(int ranks) {
        long end = meetingAt(ranks) + Meeting.sizeBytes(ranks);
        return (end + PAGE - 1) & -PAGE;
    }

    private static long sizeBytes(int ranks) {
        return ringsAt(ranks) + (long) ranks * ranks * RingLayout.strideBytes(ringCapacity(ranks));
    }
}
