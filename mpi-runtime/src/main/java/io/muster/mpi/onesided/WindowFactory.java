package io.muster.mpi.onesided;

import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Operator;
import io.muster.mpi.collective.Blocks;
import io.muster.mpi.collective.Folding;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.Topology;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes windows (MPI 4.1, section 12.2). All ranks of a communicator call the same method with a communicator of the
 * window's own, which the window frees; a failure of one of them fails all.
 */
public final class WindowFactory {
    private static final int ALIGNMENT = 64;
    private static final Folding LEAST = new Folding(Operator.MIN.on(ElementType.INT), ElementType.INT, 1, true);

    private final Communicator core;
    private final Arena arena = Arena.ofShared();

    public WindowFactory(Communicator core) {
        this.core = core;
    }

    /** Over memory of the program's own: it is reached by messages, but by its own rank. */
    public Window create(FixedMemory memory, int unitBytes) {
        return overOwn(memory, exchange(memory.sizeBytes(), unitBytes));
    }

    /** Without memory: that comes and goes. Displacements are in bytes. */
    public Window createDynamic() {
        return overOwn(new AttachedMemory(), exchange(Long.MAX_VALUE, 1));
    }

    /** Over new memory, which ranks that share memory reach directly. */
    public Window allocate(long sizeBytes, int unitBytes) {
        Part[] parts = exchange(sizeBytes, unitBytes);
        int[] mates = core.topology().folders().usedByDefault() ? mates() : new int[] {core.rank()};
        return mates.length > 1 ? overShared(parts, mates, ALIGNMENT) : overNew(parts);
    }

    /**
     * Over new memory, which all ranks must share.
     *
     * @param contiguous whether a part begins where the one before it ends
     */
    public Window allocateShared(long sizeBytes, int unitBytes, boolean contiguous) {
        Part[] parts = exchange(sizeBytes, unitBytes);
        int[] mates = mates();
        if (mates.length < core.size()) {
            throw new Failure(
                    ErrorClass.RMA_SHARED,
                    "only " + mates.length + " of " + core.size()
                            + " ranks share memory with this one; split the communicator by Comm.TYPE_SHARED");
        }
        return mates.length > 1 ? overShared(parts, mates, contiguous ? 1 : ALIGNMENT) : overNew(parts);
    }

    private Part[] exchange(long sizeBytes, int unitBytes) {
        long[] numbers = new long[2 * core.size()];
        numbers[2 * core.rank()] = sizeBytes;
        numbers[2 * core.rank() + 1] = unitBytes;
        core.collective().allgather(numbers, new Blocks.Even(0, 2 * Long.BYTES));
        return IntStream.range(0, core.size())
                .mapToObj(rank -> new Part(numbers[2 * rank], (int) numbers[2 * rank + 1]))
                .toArray(Part[]::new);
    }

    /** The ranks that share memory with this one, itself among them. */
    private int[] mates() {
        Topology topology = core.topology();
        int[] worldRanks = core.worldRanks();
        int mine = topology.nodeOf(core.engine().rank());
        return IntStream.range(0, core.size())
                .filter(rank -> topology.nodeOf(worldRanks[rank]) == mine)
                .toArray();
    }

    private Window overNew(Part[] parts) {
        long size = parts[core.rank()].sizeBytes();
        MemorySegment allocated = agreed(() -> allocate(size));
        // Ranks that share memory agree twice.
        MemorySegment memory = agreed(() -> allocated);
        @Nullable MemorySegment[] segments = new @Nullable MemorySegment[core.size()];
        segments[core.rank()] = memory;
        return build(parts, segments, new FixedMemory(memory, 0, size), ownLines());
    }

    private MemorySegment allocate(long size) {
        try {
            return arena.allocate(Math.max(1, size), ALIGNMENT).asSlice(0, size);
        } catch (OutOfMemoryError e) {
            throw new Failure(ErrorClass.NO_MEM, "the window needs " + size + " bytes: " + e.getMessage(), e);
        }
    }

    private Window overOwn(WindowMemory memory, Part[] parts) {
        return build(parts, new @Nullable MemorySegment[core.size()], memory, ownLines());
    }

    private @Nullable ControlLine[] ownLines() {
        @Nullable ControlLine[] lines = new @Nullable ControlLine[core.size()];
        lines[core.rank()] = new ControlLine(core.engine(), arena.allocate(ControlLine.BYTES, ALIGNMENT), 0);
        return lines;
    }

    private Window overShared(Part[] parts, int[] mates, int alignment) {
        long[] starts = new long[mates.length + 1];
        starts[0] = SharedWindowFile.dataAt(mates.length);
        for (int i = 0; i < mates.length; i++) {
            long end = starts[i] + parts[mates[i]].sizeBytes();
            starts[i + 1] = (end + alignment - 1) & -alignment;
        }
        MemorySegment memory = mapped(mates, starts[mates.length]);
        @Nullable ControlLine[] lines = new @Nullable ControlLine[core.size()];
        @Nullable MemorySegment[] segments = new @Nullable MemorySegment[core.size()];
        FixedMemory own = new FixedMemory(memory, 0, 0);
        for (int i = 0; i < mates.length; i++) {
            int rank = mates[i];
            lines[rank] = new ControlLine(core.engine(), memory, (long) i * ControlLine.BYTES);
            segments[rank] = memory.asSlice(starts[i], parts[rank].sizeBytes());
            if (rank == core.rank()) {
                own = new FixedMemory(segments[rank], 0, parts[rank].sizeBytes());
            }
        }
        return build(parts, segments, own, lines);
    }

    /** The first of the ranks makes the file, all map it, and its name goes. */
    private MemorySegment mapped(int[] mates, long sizeBytes) {
        boolean first = mates[0] == core.rank();
        int owner = core.worldRanks()[mates[0]];
        Path file = agreed(() -> {
            Path path = fileOf(owner);
            if (first) {
                SharedWindowFile.create(path, sizeBytes);
            }
            return path;
        });
        try {
            return agreed(() -> SharedWindowFile.map(file, sizeBytes, arena));
        } finally {
            if (first) {
                SharedWindowFile.remove(file);
            }
        }
    }

    private Path fileOf(int owner) {
        try {
            return core.topology().folders().of(owner).resolve("window-" + core.id() + "-" + owner);
        } catch (IOException e) {
            throw new Failure(ErrorClass.RMA_SHARED, String.valueOf(e.getMessage()), e);
        }
    }

    /** What {@code work} returns, when it fails at no rank. */
    private <T> T agreed(Supplier<T> work) {
        T made = null;
        Failure failure = null;
        try {
            made = work.get();
        } catch (Failure e) {
            failure = e;
        }
        int[] fine = {made == null ? 0 : 1};
        core.collective().allreduce(LEAST, fine, 0, 1);
        if (failure != null || made == null || fine[0] == 0) {
            arena.close();
            throw failure != null
                    ? failure
                    : new Failure(ErrorClass.NO_MEM, "another rank could not get its memory; see what it says");
        }
        return made;
    }

    /** Ranks with a control line are reached directly. */
    private Window build(
            Part[] parts, @Nullable MemorySegment[] segments, WindowMemory memory, @Nullable ControlLine[] lines) {
        int size = core.size();
        Target[] targets = new Target[size];
        MessageTarget[] services = new MessageTarget[size];
        for (int rank = 0; rank < size; rank++) {
            ControlLine line = lines[rank];
            MemorySegment segment = segments[rank];
            services[rank] = new MessageTarget(core, rank);
            if (line == null) {
                targets[rank] = services[rank];
            } else if (rank == core.rank()) {
                targets[rank] = new MemoryTarget(memory, line);
            } else if (segment != null) {
                targets[rank] = new MemoryTarget(new FixedMemory(segment, 0, parts[rank].sizeBytes()), line);
            }
        }
        List<ControlLine> direct =
                Arrays.stream(lines).filter(line -> line != null).toList();
        WindowLocks locks =
                direct.size() == size ? new WindowLocks.Shared(direct) : new WindowLocks.Asked(List.of(services));
        TargetService service = direct.size() == size
                ? null
                : new TargetService(core, (MemoryTarget) targets[core.rank()], services[core.rank()]);
        return new Window(core, arena, parts, segments, memory, targets, locks, service);
    }
}
