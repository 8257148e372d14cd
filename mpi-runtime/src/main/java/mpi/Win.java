package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.Operation;
import io.muster.mpi.onesided.AttachedMemory;
import io.muster.mpi.onesided.FixedMemory;
import io.muster.mpi.onesided.Window;
import io.muster.mpi.onesided.WindowFactory;
import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Function;
import java.util.function.Supplier;
import mpi.WinOperations.There;
import org.jspecify.annotations.Nullable;

/**
 * Memory of all ranks of a communicator that each of them reads and writes (MPI 4.1, chapter 12). Memory that a window
 * allocates is shared by the ranks of a machine; other memory is reached by messages, which a thread of the target
 * serves also while its program computes. Displacements count in units of the target's window.
 *
 * <p>Thread-safe. Every call throws {@link MPIException} for wrong arguments, a freed window, and out of epoch.
 */
public final class Win extends WinSynchronization {
    public static final int WIN_NULL = 0;

    /** Memory of each rank by itself. */
    public static final int FLAVOR_PRIVATE = 0;

    /** Memory that all ranks see, which must be of one machine. */
    public static final int FLAVOR_SHARED = 1;

    /**
     * A window over the first {@code size} elements of a buffer, direct or with an array. All ranks call it.
     *
     * @param size elements of the buffer that others may access; null and 0 for none
     * @param dispUnit elements that a displacement counts in
     */
    public Win(@Nullable Buffer base, int size, int dispUnit, Info info, Comm comm) {
        super(
                made(comm, "size=" + size + ", dispUnit=" + dispUnit, make -> {
                    FixedMemory memory = WinMemory.of(base, size);
                    int unit = WinMemory.unitBytes(base, dispUnit);
                    return make.get().create(memory, unit);
                }),
                comm.label() + ".win",
                info);
    }

    /**
     * A window over new memory, {@link #getBuffer}. All ranks call it.
     *
     * @param size elements of this rank's memory
     * @param dispUnit elements that a displacement counts in
     * @param base tells by its kind what an element is; its memory is not used
     * @param flavor FLAVOR_PRIVATE, or FLAVOR_SHARED, where parts follow each other without a gap unless the hint
     *     {@code alloc_shared_noncontig} is {@code true}
     */
    public Win(int size, int dispUnit, Info info, Comm comm, @Nullable Buffer base, int flavor) {
        super(
                made(comm, "size=" + size + ", dispUnit=" + dispUnit + ", flavor=" + flavor, make -> {
                    long bytes = WinMemory.sizeBytes(base, size);
                    int unit = WinMemory.unitBytes(base, dispUnit);
                    return switch (flavor) {
                        case FLAVOR_PRIVATE -> make.get().allocate(bytes, unit);
                        case FLAVOR_SHARED -> make.get().allocateShared(bytes, unit, isContiguous(info));
                        default -> throw new Failure(ErrorClass.ARG, "no such flavor");
                    };
                }),
                comm.label() + ".win",
                info);
    }

    /** A window to which each rank attaches memory. All ranks call it. */
    public Win(Info info, Comm comm) {
        super(made(comm, "", make -> make.get().createDynamic()), comm.label() + ".win", info);
    }

    /** Arguments are checked before the ranks do something together, which begins when the factory is made. */
    private static Window made(Comm comm, String values, Function<Supplier<WindowFactory>, Window> making) {
        Communicator of = comm.core();
        try {
            if (of.isInter()) {
                throw new Failure(ErrorClass.COMM, "windows are made of intracommunicators");
            }
            return making.apply(() -> new WindowFactory(Splitting.duplicate(of)));
        } catch (Failure e) {
            throw comm.raise("Win", values, e);
        }
    }

    private static boolean isContiguous(Info info) {
        return info.isNull() || !"true".equals(info.get("alloc_shared_noncontig"));
    }

    /** Lets others access the first {@code size} elements of a buffer through this dynamic window. */
    public void attach(Buffer buffer, int size) {
        run("attach", "size=" + size, open -> attached(open).attach(buffer, WinMemory.of(buffer, size)));
    }

    /** Ends that. */
    public void detach(Buffer buffer) {
        run("detach", "", open -> attached(open).detach(buffer));
    }

    /**
     * Where a buffer begins that this rank attached: what others give as displacement, in bytes. The first one begins
     * at 0. Addresses do not fit into the displacements of the Open MPI bindings.
     */
    public int getDisplacement(Buffer buffer) {
        return call("getDisplacement", "", open -> (int) attached(open).displacement(buffer));
    }

    /** The memory that this window has allocated for this rank, in native byte order. It ends with the window. */
    public ByteBuffer getBuffer() {
        return sharedQuery(comm.getRank());
    }

    /**
     * The memory that this window has allocated for a rank of this machine (section 12.2.3); with PROC_NULL, that of
     * the first rank that has some.
     */
    public ByteBuffer sharedQuery(int rank) {
        return call("sharedQuery", "rank=" + rank, open -> {
            if (!checkRank(open, rank)) {
                return sharedQuery(firstWithMemory(open));
            }
            MemorySegment segment = open.segment(rank);
            if (segment == null) {
                throw new Failure(
                        ErrorClass.RMA_FLAVOR,
                        "the window did not allocate this memory, or it is not shared with rank "
                                + open.core().rank());
            }
            if (segment.byteSize() > Integer.MAX_VALUE) {
                throw new Failure(ErrorClass.SIZE, segment.byteSize() + " bytes do not fit into a buffer");
            }
            return segment.asByteBuffer().order(ByteOrder.nativeOrder());
        });
    }

    /** The ranks of the window. */
    public Group getGroup() {
        return call("getGroup", "", open -> comm.getGroup());
    }

    /** Writes elements into the target's window; done there when the epoch ends, or at a flush (section 12.3.1). */
    public void put(
            Buffer origin,
            int orgCount,
            Datatype orgType,
            int targetRank,
            int targetDisp,
            int targetCount,
            Datatype targetType) {
        There there = new There(targetRank, targetDisp, targetCount, targetType);
        at("put", there, open -> WinOperations.put(open, origin, orgCount, orgType, there));
    }

    /** Reads elements of the target's window; they are there when the epoch ends, or after a flush (section 12.3.2). */
    public void get(
            Buffer origin,
            int orgCount,
            Datatype orgType,
            int targetRank,
            int targetDisp,
            int targetCount,
            Datatype targetType) {
        There there = new There(targetRank, targetDisp, targetCount, targetType);
        at("get", there, open -> WinOperations.get(open, origin, orgCount, orgType, there));
    }

    /** Updates elements of the target's window by a predefined operation, each at once (section 12.3.4). */
    public void accumulate(
            Buffer origin,
            int orgCount,
            Datatype orgType,
            int targetRank,
            int targetDisp,
            int targetCount,
            Datatype targetType,
            Op op) {
        There there = new There(targetRank, targetDisp, targetCount, targetType);
        at("accumulate", there, open -> WinOperations.accumulate(open, origin, orgCount, orgType, there, op));
    }

    /** As {@link #accumulate}, and fetches what was there before. With NO_OP the origin may be null. */
    public void getAccumulate(
            @Nullable Buffer origin,
            int orgCount,
            Datatype orgType,
            Buffer resultAddr,
            int resultCount,
            Datatype resultType,
            int targetRank,
            int targetDisp,
            int targetCount,
            Datatype targetType,
            Op op) {
        There there = new There(targetRank, targetDisp, targetCount, targetType);
        at(
                "getAccumulate",
                there,
                open -> WinOperations.getAccumulate(
                        open, origin, orgCount, orgType, resultAddr, resultCount, resultType, there, op));
    }

    /** As {@link #getAccumulate} of one element. */
    public void fetchAndOp(
            @Nullable Buffer origin, Buffer resultAddr, Datatype dataType, int targetRank, int targetDisp, Op op) {
        There there = new There(targetRank, targetDisp, 1, dataType);
        at(
                "fetchAndOp",
                there,
                open -> WinOperations.getAccumulate(open, origin, 1, dataType, resultAddr, 1, dataType, there, op));
    }

    /** Puts an element in place of one that equals {@code compareAddr}, and fetches what was there before. */
    public void compareAndSwap(
            Buffer origin, Buffer compareAddr, Buffer resultAddr, Datatype targetType, int targetRank, int targetDisp) {
        There there = new There(targetRank, targetDisp, 1, targetType);
        at("compareAndSwap", there, open -> WinOperations.compareAndSwap(open, origin, compareAddr, resultAddr, there));
    }

    /** As {@link #put}; the request is done when the buffer may be used again (section 12.3.5). */
    public final Request rPut(
            Buffer origin,
            int orgCount,
            Datatype orgType,
            int targetRank,
            int targetDisp,
            int targetCount,
            Datatype targetType) {
        put(origin, orgCount, orgType, targetRank, targetDisp, targetCount, targetType);
        return request("rPut", null);
    }

    /** As {@link #get}; the request is done when the elements are there. */
    public final Request rGet(
            Buffer origin,
            int orgCount,
            Datatype orgType,
            int targetRank,
            int targetDisp,
            int targetCount,
            Datatype targetType) {
        There there = new There(targetRank, targetDisp, targetCount, targetType);
        return request("rGet", at("rGet", there, open -> WinOperations.get(open, origin, orgCount, orgType, there)));
    }

    /** As {@link #accumulate}; the request is done when the buffer may be used again. */
    public Request rAccumulate(
            Buffer origin,
            int orgCount,
            Datatype orgType,
            int targetRank,
            int targetDisp,
            int targetCount,
            Datatype targetType,
            Op op) {
        accumulate(origin, orgCount, orgType, targetRank, targetDisp, targetCount, targetType, op);
        return request("rAccumulate", null);
    }

    /** As {@link #getAccumulate}; the request is done when the result is there. */
    public Request rGetAccumulate(
            @Nullable Buffer origin,
            int orgCount,
            Datatype orgType,
            Buffer resultAddr,
            int resultCount,
            Datatype resultType,
            int targetRank,
            int targetDisp,
            int targetCount,
            Datatype targetType,
            Op op) {
        There there = new There(targetRank, targetDisp, targetCount, targetType);
        return request(
                "rGetAccumulate",
                at(
                        "rGetAccumulate",
                        there,
                        open -> WinOperations.getAccumulate(
                                open, origin, orgCount, orgType, resultAddr, resultCount, resultType, there, op)));
    }

    /** Does something at a target that is there; null when it is done. */
    private @Nullable Operation at(String call, There there, Function<Window, @Nullable Operation> work) {
        Window open = open(call);
        try {
            return checkRank(open, there.rank()) ? work.apply(open) : null;
        } catch (Failure e) {
            throw raise(call, there.toString(), e);
        }
    }

    private Request request(String call, @Nullable Operation operation) {
        return operation == null ? new Request(comm, call, new Status()) : new Request(comm, call, MPI.BYTE, operation);
    }

    private static int firstWithMemory(Window window) {
        int rank = 0;
        while (rank < window.core().size() - 1 && window.part(rank).sizeBytes() == 0) {
            rank++;
        }
        return rank;
    }

    private static AttachedMemory attached(Window window) {
        if (window.memory() instanceof AttachedMemory memory) {
            return memory;
        }
        throw new Failure(ErrorClass.RMA_FLAVOR, "the window is not a dynamic one");
    }
}
