package io.muster.mpi.file;

import io.muster.mpi.buffer.CopyPlan;
import io.muster.mpi.buffer.Signature;
import io.muster.mpi.collective.Collectives;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * A file that the ranks of a communicator have opened together, as one of them sees it (MPI 4.1, chapter 14). What is
 * wrong is told by a {@code Failure}. Thread-safe, but for what all ranks call together.
 */
public final class OpenFile {
    /** As a displacement: where the shared pointer is. */
    public static final long CURRENT = -54_278_278;

    private final Communicator core;
    private final Storage storage;
    private final AccessMode mode;
    private final SharedPointer shared;
    private volatile View view = new View(0, 1, new Tiling(CopyPlan.run(1)), DataRepresentation.NATIVE);
    private volatile boolean atomic;
    private long pointer;

    private OpenFile(Communicator core, Storage storage, AccessMode mode, SharedPointer shared) {
        this.core = core;
        this.storage = storage;
        this.mode = mode;
        this.shared = shared;
    }

    /**
     * Opens a file; all ranks of {@code core} call it. It belongs to the file, which also takes a {@code duplicate} of
     * it; both end with the file, or here when it cannot be opened.
     */
    public static OpenFile open(Communicator core, UnaryOperator<Communicator> duplicate, Path path, int modeBits) {
        try {
            AccessMode mode = new AccessMode(modeBits);
            Agreement together = new Agreement(core);
            together.run(mode::check);
            together.same("the access mode", modeBits);
            Storage storage = opened(together, core.rank(), path, mode);
            OpenFile file = new OpenFile(core, storage, mode, new SharedPointer(duplicate.apply(core)));
            if (mode.has(AccessMode.APPEND)) {
                together.run(() -> {
                    file.pointer = file.end();
                    file.setShared(file.pointer);
                });
            }
            return file;
        } catch (Failure e) {
            core.free();
            throw e;
        }
    }

    /** The first rank creates the file before the others open it. */
    private static Storage opened(Agreement together, int rank, Path path, AccessMode mode) {
        Storage[] made = new Storage[1];
        try {
            for (boolean first : new boolean[] {true, false}) {
                together.run(() -> {
                    if (first == (rank == 0)) {
                        made[0] = Storage.open(path, mode, first);
                    }
                });
            }
        } catch (Failure e) {
            if (made[0] != null) {
                made[0].close();
            }
            throw e;
        }
        return made[0];
    }

    public static void delete(Path path) {
        Storage.delete(path);
    }

    public Communicator core() {
        return core;
    }

    public int modeBits() {
        return mode.bits();
    }

    /** Closes the file; all ranks call it, and no access may be under way. */
    public void close() {
        Agreement together = new Agreement(core);
        boolean goes = mode.has(AccessMode.DELETE_ON_CLOSE);
        try {
            together.run(() -> {
                try {
                    if (!goes) {
                        storage.sync();
                    }
                } finally {
                    storage.close();
                }
            });
            together.run(() -> {
                if (goes && core.rank() == 0) {
                    Storage.delete(storage.path());
                }
            });
        } finally {
            shared.free();
            core.free();
        }
    }

    public long size() {
        return storage.size();
    }

    /** All ranks call it. */
    public void setSize(long bytes) {
        resize(bytes, () -> storage.setSize(bytes));
    }

    /** All ranks call it. */
    public void preallocate(long bytes) {
        resize(bytes, () -> storage.preallocate(bytes));
    }

    private void resize(long bytes, Runnable work) {
        Agreement together = new Agreement(core);
        together.same("the size", bytes);
        checkNotSequential("sizes");
        checkWrites();
        if (bytes < 0) {
            throw new Failure(ErrorClass.ARG, "size " + bytes + " is negative");
        }
        together.run(() -> {
            if (core.rank() == 0) {
                work.run();
            }
        });
    }

    /** Brings what this rank has written to the device; all ranks call it. */
    public void sync() {
        new Agreement(core).run(storage::sync);
    }

    /** All ranks call it. In atomic mode accesses of different ranks are one after the other. */
    public void setAtomic(boolean on) {
        new Agreement(core).same("the atomicity", on ? 1 : 0);
        atomic = on;
    }

    public boolean isAtomic() {
        return atomic;
    }

    /** Sets what this rank sees, and all pointers to 0; all ranks call it. */
    public void setView(long displacement, int etypeBytes, CopyPlan filetype, String representation) {
        Agreement together = new Agreement(core);
        View[] made = new View[1];
        together.run(() -> made[0] = newView(displacement, etypeBytes, filetype, representation));
        together.same("the size of the etype", etypeBytes);
        together.same("the data representation", representation.hashCode());
        view = made[0];
        setPointer(0);
        together.run(() -> setShared(0));
    }

    private View newView(long displacement, int etypeBytes, CopyPlan filetype, String representation) {
        if (displacement == CURRENT ? !isSequential() : displacement < 0 || isSequential()) {
            throw new Failure(
                    ErrorClass.ARG,
                    "displacement " + displacement
                            + ": it may not be negative, and must be DISPLACEMENT_CURRENT with MODE_SEQUENTIAL");
        }
        if (etypeBytes == 0 || filetype.sizeBytes() % etypeBytes != 0) {
            throw new Failure(
                    ErrorClass.TYPE,
                    "the filetype, of " + filetype.sizeBytes() + " bytes, is not made of etypes, of " + etypeBytes);
        }
        View before = view;
        long start = displacement == CURRENT ? before.offsetOf(shared.get() * before.etypeBytes()) : displacement;
        return new View(start, etypeBytes, new Tiling(filetype), DataRepresentation.of(representation));
    }

    private boolean isSequential() {
        return mode.has(AccessMode.SEQUENTIAL);
    }

    private void setShared(long etypes) {
        if (core.rank() == 0) {
            shared.set(etypes);
        }
    }

    private synchronized void setPointer(long etypes) {
        pointer = etypes;
    }

    /** Moves the pointer of its own that this rank has, and returns where it was. */
    private synchronized long advance(long etypes) {
        long before = pointer;
        pointer += etypes;
        return before;
    }

    private long end() {
        return view.endOf(storage.size());
    }

    public long position() {
        checkNotSequential("positions");
        return advance(0);
    }

    public long sharedPosition() {
        checkNotSequential("positions");
        return shared.get();
    }

    public void seek(long offset, Whence whence) {
        checkNotSequential("positions");
        setPointer(target(offset, whence, whence == Whence.POINTER ? advance(0) : 0));
    }

    /** All ranks call it. */
    public void seekShared(long offset, Whence whence) {
        checkNotSequential("positions");
        Agreement together = new Agreement(core);
        together.same("the offset", offset);
        together.same("whence", whence.name().hashCode());
        together.run(() -> {
            if (core.rank() == 0) {
                shared.set(target(offset, whence, whence == Whence.POINTER ? shared.get() : 0));
            }
        });
    }

    private long target(long offset, Whence whence, long current) {
        long start = switch (whence) {
            case START -> 0;
            case POINTER -> current;
            case END -> end();
        };
        return checkedOffset(start + offset);
    }

    /** Where in the file the etype at {@code offset} lies, in bytes. */
    public long byteOffset(long offset) {
        View seen = view;
        return seen.offsetOf(checkedOffset(offset) * seen.etypeBytes());
    }

    private static long checkedOffset(long offset) {
        if (offset < 0) {
            throw new Failure(ErrorClass.ARG, "position " + offset + " is before the start of the view");
        }
        return offset;
    }

    /**
     * Begins an access: checks it and moves the pointer. What is returned does the work, on any thread, and returns the
     * bytes read or written.
     *
     * @param base the buffer as {@code Memory} knows it, without gaps, from byte {@code offset} on
     * @param signature of the values in the buffer
     */
    public LongSupplier start(Access access, Object base, long offset, long bytes, Signature signature) {
        check(access);
        View seen = view;
        long etypes = seen.etypes(bytes);
        LongSupplier first;
        DataAccess way = new IndependentAccess(storage, seen);
        if (access.ranks() == Access.Ranks.ALL) {
            Collectives team = core.detachedCollective();
            first = access.isOrdered() ? () -> turn(team, etypes) : known(access, etypes);
            way = atomic ? way : new CollectiveAccess(core, team, storage, seen);
        } else {
            first = known(access, etypes);
        }
        DataAccess converted = seen.representation().swaps() ? new External32Access(way, signature) : way;
        boolean alone = atomic;
        return () -> {
            long position = first.getAsLong() * seen.etypeBytes();
            long[] moved = new long[1];
            Runnable work = () -> moved[0] = move(access, converted, position, base, offset, bytes);
            if (alone) {
                shared.exclusively(() -> synced(work));
            } else {
                work.run();
            }
            return moved[0];
        };
    }

    private LongSupplier known(Access access, long etypes) {
        long etype = switch (access.pointer()) {
            case EXPLICIT -> checkedOffset(access.offset());
            case INDIVIDUAL -> advance(etypes);
            case SHARED -> shared.add(etypes);
        };
        return () -> etype;
    }

    /** Where this rank is in the order of all. */
    private long turn(Collectives team, long etypes) {
        Agreement together = new Agreement(core, team);
        long[] all = together.all(etypes);
        long before = core.rank() == 0 ? shared.add(Arrays.stream(all).sum()) : 0;
        return together.all(before)[0] + Arrays.stream(all).limit(core.rank()).sum();
    }

    private static long move(Access access, DataAccess way, long position, Object base, long offset, long bytes) {
        return switch (access.direction()) {
            case READ -> way.read(position, base, offset, bytes);
            case WRITE -> {
                way.write(position, base, offset, bytes);
                yield bytes;
            }
        };
    }

    /** On several machines, what is written must be there when the next one reads. */
    private void synced(Runnable work) {
        work.run();
        if (core.topology().nodesOf(core.worldRanks()) > 1) {
            storage.sync();
        }
    }

    private void check(Access access) {
        if (access.direction() == Access.Direction.READ && !mode.reads()) {
            throw new Failure(ErrorClass.ACCESS, "the file is open for writing only");
        }
        if (access.direction() == Access.Direction.WRITE) {
            checkWrites();
        }
        if (access.pointer() != Access.Pointer.SHARED) {
            checkNotSequential("positions");
        }
    }

    private void checkWrites() {
        if (!mode.writes()) {
            throw new Failure(ErrorClass.READ_ONLY, "the file is open for reading only");
        }
    }

    private void checkNotSequential(String what) {
        if (isSequential()) {
            throw new Failure(
                    ErrorClass.UNSUPPORTED_OPERATION,
                    "the file is open with MODE_SEQUENTIAL, which has no " + what + " but the shared pointer");
        }
    }
}
