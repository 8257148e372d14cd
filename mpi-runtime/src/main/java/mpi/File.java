package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.Operation;
import io.muster.mpi.file.Access;
import io.muster.mpi.file.Access.Direction;
import io.muster.mpi.file.Access.Pointer;
import io.muster.mpi.file.Access.Ranks;
import io.muster.mpi.file.OpenFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A file that the ranks of a communicator read and write together (MPI 4.1, chapter 14). Offsets count etypes of the
 * view; the pointers move by what an access asks for, also when the file ends before and the status tells of less.
 * Buffers are arrays of primitives and NIO buffers, whose position does not count. Calls with {@code All} and {@code
 * Ordered} in their names are for all ranks. Non-blocking calls return at once; their buffers may not be used until
 * their request is done.
 *
 * <p>Thread-safe, but for calls of all ranks. Calls throw {@link MPIException} when the file is closed, arguments are
 * wrong, or the operating system refuses.
 */
public final class File extends FileProperties {
    private @Nullable Split split;

    /** A split collective access that has begun. */
    private record Split(String begun, Object buffer, Request request) {}

    /** Opens a file. All ranks of the communicator call it, with the same mode. */
    public File(Comm comm, String filename, int amode) {
        this(comm, filename, amode, MPI.INFO_NULL);
    }

    /**
     * Opens a file. All ranks of the communicator call it, with the same mode and names of the same file.
     *
     * @param amode one of MODE_RDONLY, MODE_WRONLY and MODE_RDWR, and others added
     */
    public File(Comm comm, String filename, int amode, Info info) {
        super(opened(comm, filename, amode), filename, info);
    }

    private static OpenFile opened(Comm comm, String filename, int amode) {
        Communicator of = comm.core();
        try {
            if (of.isInter()) {
                throw new Failure(ErrorClass.COMM, "files are opened by the ranks of an intracommunicator");
            }
            Path path = path(filename);
            return OpenFile.open(Splitting.duplicate(of), Splitting::duplicate, path, amode);
        } catch (Failure e) {
            // There is no file yet whose handler could be asked, and the communicator's is not.
            throw new MPIException(
                    e.errorClass(),
                    "File(filename=" + filename + ", amode=" + amode + ") on " + comm.label() + ", rank " + of.rank()
                            + " of " + of.size() + ": " + e.getMessage(),
                    e);
        }
    }

    private static Path path(String filename) {
        try {
            return Path.of(filename);
        } catch (InvalidPathException e) {
            throw new Failure(ErrorClass.BAD_FILE, "\"" + filename + "\" is no name of a file: " + e.getReason(), e);
        }
    }

    /** Deletes a file that nobody has open. One rank calls it. */
    public static void delete(String filename) {
        delete(filename, MPI.INFO_NULL);
    }

    /** As {@link #delete(String)}; hints change nothing. */
    public static void delete(String filename, Info info) {
        try {
            OpenFile.delete(path(filename));
        } catch (Failure e) {
            throw new MPIException(e.errorClass(), "File.delete(filename=" + filename + "): " + e.getMessage(), e);
        }
    }

    /** Reads at an offset. */
    public Status readAt(long offset, Object buf, int count, Datatype type) {
        return finish("readAt", new Access(Direction.READ, Pointer.EXPLICIT, Ranks.ONE, offset), buf, count, type);
    }

    /** Writes at an offset. */
    public Status writeAt(long offset, Object buf, int count, Datatype type) {
        return finish("writeAt", new Access(Direction.WRITE, Pointer.EXPLICIT, Ranks.ONE, offset), buf, count, type);
    }

    /** Starts {@link #readAt}. */
    public Request iReadAt(long offset, Object buf, int count, Datatype type) {
        return begin("iReadAt", new Access(Direction.READ, Pointer.EXPLICIT, Ranks.ONE, offset), buf, count, type);
    }

    /** Starts {@link #writeAt}. */
    public Request iWriteAt(long offset, Object buf, int count, Datatype type) {
        return begin("iWriteAt", new Access(Direction.WRITE, Pointer.EXPLICIT, Ranks.ONE, offset), buf, count, type);
    }

    /** Reads at an offset of each rank. */
    public Status readAtAll(long offset, Object buf, int count, Datatype type) {
        return finish("readAtAll", new Access(Direction.READ, Pointer.EXPLICIT, Ranks.ALL, offset), buf, count, type);
    }

    /** Writes at an offset of each rank. */
    public Status writeAtAll(long offset, Object buf, int count, Datatype type) {
        return finish("writeAtAll", new Access(Direction.WRITE, Pointer.EXPLICIT, Ranks.ALL, offset), buf, count, type);
    }

    /** Starts {@link #readAtAll}. */
    public Request iReadAtAll(long offset, Object buf, int count, Datatype type) {
        return begin("iReadAtAll", new Access(Direction.READ, Pointer.EXPLICIT, Ranks.ALL, offset), buf, count, type);
    }

    /** Starts {@link #writeAtAll}. */
    public Request iWriteAtAll(long offset, Object buf, int count, Datatype type) {
        return begin("iWriteAtAll", new Access(Direction.WRITE, Pointer.EXPLICIT, Ranks.ALL, offset), buf, count, type);
    }

    /** Begins {@link #readAtAll}; {@link #readAtAllEnd} ends it. */
    public void readAtAllBegin(long offset, Object buf, int count, Datatype type) {
        beginSplit("readAtAll", new Access(Direction.READ, Pointer.EXPLICIT, Ranks.ALL, offset), buf, count, type);
    }

    /** Blocks until what {@link #readAtAllBegin} began is done. */
    public Status readAtAllEnd(Object buf) {
        return endSplit("readAtAll", buf);
    }

    /** Begins {@link #writeAtAll}; {@link #writeAtAllEnd} ends it. */
    public void writeAtAllBegin(long offset, Object buf, int count, Datatype type) {
        beginSplit("writeAtAll", new Access(Direction.WRITE, Pointer.EXPLICIT, Ranks.ALL, offset), buf, count, type);
    }

    /** Blocks until what {@link #writeAtAllBegin} began is done. */
    public Status writeAtAllEnd(Object buf) {
        return endSplit("writeAtAll", buf);
    }

    /** Reads at this rank's pointer. */
    public Status read(Object buf, int count, Datatype type) {
        return finish("read", new Access(Direction.READ, Pointer.INDIVIDUAL, Ranks.ONE, 0), buf, count, type);
    }

    /** Writes at this rank's pointer. */
    public Status write(Object buf, int count, Datatype type) {
        return finish("write", new Access(Direction.WRITE, Pointer.INDIVIDUAL, Ranks.ONE, 0), buf, count, type);
    }

    /** Starts {@link #read}. */
    public Request iRead(Object buf, int count, Datatype type) {
        return begin("iRead", new Access(Direction.READ, Pointer.INDIVIDUAL, Ranks.ONE, 0), buf, count, type);
    }

    /** Starts {@link #write}. */
    public Request iWrite(Object buf, int count, Datatype type) {
        return begin("iWrite", new Access(Direction.WRITE, Pointer.INDIVIDUAL, Ranks.ONE, 0), buf, count, type);
    }

    /** Reads at the pointer of each rank. */
    public Status readAll(Object buf, int count, Datatype type) {
        return finish("readAll", new Access(Direction.READ, Pointer.INDIVIDUAL, Ranks.ALL, 0), buf, count, type);
    }

    /** Writes at the pointer of each rank. */
    public Status writeAll(Object buf, int count, Datatype type) {
        return finish("writeAll", new Access(Direction.WRITE, Pointer.INDIVIDUAL, Ranks.ALL, 0), buf, count, type);
    }

    /** Starts {@link #readAll}. */
    public Request iReadAll(Object buf, int count, Datatype type) {
        return begin("iReadAll", new Access(Direction.READ, Pointer.INDIVIDUAL, Ranks.ALL, 0), buf, count, type);
    }

    /** Starts {@link #writeAll}. */
    public Request iWriteAll(Object buf, int count, Datatype type) {
        return begin("iWriteAll", new Access(Direction.WRITE, Pointer.INDIVIDUAL, Ranks.ALL, 0), buf, count, type);
    }

    /** Begins {@link #readAll}; {@link #readAllEnd} ends it. */
    public void readAllBegin(Object buf, int count, Datatype type) {
        beginSplit("readAll", new Access(Direction.READ, Pointer.INDIVIDUAL, Ranks.ALL, 0), buf, count, type);
    }

    /** Blocks until what {@link #readAllBegin} began is done. */
    public Status readAllEnd(Object buf) {
        return endSplit("readAll", buf);
    }

    /** Begins {@link #writeAll}; {@link #writeAllEnd} ends it. */
    public void writeAllBegin(Object buf, int count, Datatype type) {
        beginSplit("writeAll", new Access(Direction.WRITE, Pointer.INDIVIDUAL, Ranks.ALL, 0), buf, count, type);
    }

    /** Blocks until what {@link #writeAllBegin} began is done. */
    public Status writeAllEnd(Object buf) {
        return endSplit("writeAll", buf);
    }

    /** Reads at the shared pointer. */
    public Status readShared(Object buf, int count, Datatype type) {
        return finish("readShared", new Access(Direction.READ, Pointer.SHARED, Ranks.ONE, 0), buf, count, type);
    }

    /** Writes at the shared pointer. */
    public Status writeShared(Object buf, int count, Datatype type) {
        return finish("writeShared", new Access(Direction.WRITE, Pointer.SHARED, Ranks.ONE, 0), buf, count, type);
    }

    /** Starts {@link #readShared}. */
    public Request iReadShared(Object buf, int count, Datatype type) {
        return begin("iReadShared", new Access(Direction.READ, Pointer.SHARED, Ranks.ONE, 0), buf, count, type);
    }

    /** Starts {@link #writeShared}. */
    public Request iWriteShared(Object buf, int count, Datatype type) {
        return begin("iWriteShared", new Access(Direction.WRITE, Pointer.SHARED, Ranks.ONE, 0), buf, count, type);
    }

    /** Reads at the shared pointer, one rank behind the other. */
    public Status readOrdered(Object buf, int count, Datatype type) {
        return finish("readOrdered", new Access(Direction.READ, Pointer.SHARED, Ranks.ALL, 0), buf, count, type);
    }

    /** Writes at the shared pointer, one rank behind the other. */
    public Status writeOrdered(Object buf, int count, Datatype type) {
        return finish("writeOrdered", new Access(Direction.WRITE, Pointer.SHARED, Ranks.ALL, 0), buf, count, type);
    }

    /** Begins {@link #readOrdered}; {@link #readOrderedEnd} ends it. */
    public void readOrderedBegin(Object buf, int count, Datatype type) {
        beginSplit("readOrdered", new Access(Direction.READ, Pointer.SHARED, Ranks.ALL, 0), buf, count, type);
    }

    /** Blocks until what {@link #readOrderedBegin} began is done. */
    public Status readOrderedEnd(Object buf) {
        return endSplit("readOrdered", buf);
    }

    /** Begins {@link #writeOrdered}; {@link #writeOrderedEnd} ends it. */
    public void writeOrderedBegin(Object buf, int count, Datatype type) {
        beginSplit("writeOrdered", new Access(Direction.WRITE, Pointer.SHARED, Ranks.ALL, 0), buf, count, type);
    }

    /** Blocks until what {@link #writeOrderedBegin} began is done. */
    public Status writeOrderedEnd(Object buf) {
        return endSplit("writeOrdered", buf);
    }

    private static String values(Access access, int count, Datatype type) {
        String offset = access.pointer() == Pointer.EXPLICIT ? "offset=" + access.offset() + ", " : "";
        return offset + "count=" + count + ", type=" + type;
    }

    private Status finish(String call, Access access, Object buf, int count, Datatype type) {
        return call(call, values(access, count, type), open -> {
            if (access.ranks() == Ranks.ALL) {
                checkIdle();
            }
            return Status.ofBytes(started(open, access, buf, count, type).getAsLong(), type);
        });
    }

    private Request begin(String call, Access access, Object buf, int count, Datatype type) {
        String values = values(access, count, type);
        return call(call, values, open -> {
            LongSupplier work = started(open, access, buf, count, type);
            long[] moved = new long[1];
            Operation operation = comm.core().engine().startTask(() -> moved[0] = work.getAsLong());
            return new Request(comm, call, operation, () -> Status.ofBytes(moved[0], type));
        });
    }

    private static LongSupplier started(OpenFile open, Access access, Object buf, int count, Datatype type) {
        Area area = Area.of(buf, 0, count, type);
        return open.start(access, area.base(), area.offset(), area.bytes(), type.signature());
    }

    private void beginSplit(String call, Access access, Object buf, int count, Datatype type) {
        run(call + "Begin", values(access, count, type), open -> checkIdle());
        split = new Split(call, buf, begin(call + "Begin", access, buf, count, type));
    }

    @SuppressWarnings("ReferenceEquality") // the same buffer, not an equal one
    private Status endSplit(String call, Object buf) {
        Split begun = split;
        run(call + "End", "", open -> {
            if (begun == null || !begun.begun.equals(call) || begun.buffer != buf) {
                throw new Failure(
                        ErrorClass.REQUEST,
                        begun == null
                                ? "no split collective access has begun"
                                : begun.begun + "Begin has begun, perhaps with another buffer");
            }
        });
        split = null;
        return begun == null ? new Status() : begun.request.waitStatus();
    }

    @Override
    void checkIdle() {
        Split begun = split;
        if (begun != null) {
            throw new Failure(ErrorClass.REQUEST, begun.begun + "Begin has begun; call " + begun.begun + "End before");
        }
    }
}
