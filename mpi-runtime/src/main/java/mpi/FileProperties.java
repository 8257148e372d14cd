package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.file.OpenFile;
import io.muster.mpi.file.Whence;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A file but for its data: size, view, pointers, modes, and how calls fail. Public so that reflection reaches it. */
public abstract sealed class FileProperties permits File {
    final Intracomm comm;

    private final OpenFile file;
    private final String name;
    private volatile boolean closed;
    private final ErrorHandling errors = new ErrorHandling(MPI.ERRORS_RETURN);
    private volatile Info info;
    private volatile FileView view = new FileView(0, MPI.BYTE, MPI.BYTE, "native");

    FileProperties(OpenFile file, String name, Info hints) {
        this.file = file;
        this.name = name;
        this.info = hints.isNull() ? new Info() : hints.dup();
        this.comm = new Intracomm(file.core(), "file " + name);
    }

    /**
     * Brings what was written to the device and closes the file; with MODE_DELETE_ON_CLOSE it is deleted. All ranks
     * call it. The program waits for its requests on the file before; to close it while some are under way is an error
     * (section 14.2.2).
     */
    public void close() {
        run("close", "", open -> {
            checkIdle();
            closed = true;
            open.close();
        });
    }

    /** Throws when a split collective access is under way. */
    abstract void checkIdle();

    /** Cuts the file to so many bytes or lets it grow to them. All ranks call it, with the same size. */
    public void setSize(long size) {
        run("setSize", "size=" + size, open -> open.setSize(size));
    }

    /**
     * Gives the file room on the device up to so many bytes; a longer one stays as it is. What is new reads as zeros.
     * All ranks call it, with the same size.
     */
    public void preallocate(long size) {
        run("preallocate", "size=" + size, open -> open.preallocate(size));
    }

    /** The size of the file in bytes. */
    public long getSize() {
        return call("getSize", "", OpenFile::size);
    }

    /** The ranks that have opened the file. */
    public Group getGroup() {
        return call("getGroup", "", open -> comm.getGroup());
    }

    /** The access mode that the file was opened with. */
    public int getAMode() {
        return call("getAMode", "", OpenFile::modeBits);
    }

    /** Remembers hints. */
    public void setInfo(Info hints) {
        run("setInfo", "", open -> info = hints.dup());
    }

    /** A copy of the hints that were given. */
    public Info getInfo() {
        return call("getInfo", "", open -> info.dup());
    }

    /** As {@link #setView(long, Datatype, Datatype, String, Info)}, with the hints as they are. */
    public void setView(long disp, Datatype etype, Datatype filetype, String datarep) {
        setView(disp, etype, filetype, datarep, MPI.INFO_NULL);
    }

    /**
     * Sets what this rank sees of the file, and all pointers to 0 (section 14.3). All ranks call it, with etypes of the
     * same size and the same data representation.
     *
     * @param disp where the view begins in the file, in bytes; with MODE_SEQUENTIAL it is DISPLACEMENT_CURRENT
     * @param etype what offsets count
     * @param filetype which etypes of the file are seen, again and again; displacements in it do not decrease
     * @param datarep {@code native}, {@code internal} or {@code external32}, which is big endian
     */
    public void setView(long disp, Datatype etype, Datatype filetype, String datarep, Info hints) {
        String values = "disp=" + disp + ", etype=" + etype + ", filetype=" + filetype + ", datarep=" + datarep;
        run("setView", values, open -> {
            open.setView(disp, etype.isObject() ? 0 : etype.getSize(), filetype.plan, datarep);
            view = new FileView(disp, etype, filetype, datarep);
            info = hints.isNull() ? info : hints.dup();
        });
    }

    public FileView getView() {
        open("getView");
        return view;
    }

    /**
     * Moves the pointer that this rank has of its own.
     *
     * @param offset in etypes
     * @param whence SEEK_SET, SEEK_CUR or SEEK_END
     */
    public void seek(long offset, int whence) {
        run("seek", "offset=" + offset + ", whence=" + whence, open -> open.seek(offset, whence(whence)));
    }

    /** The pointer that this rank has of its own, in etypes. */
    public long getPosition() {
        return call("getPosition", "", OpenFile::position);
    }

    /** Where in the file the etype at {@code offset} lies, in bytes. */
    public long getByteOffset(long offset) {
        return call("getByteOffset", "offset=" + offset, open -> open.byteOffset(offset));
    }

    /** Moves the shared pointer, as {@link #seek}. All ranks call it, with the same arguments. */
    public void seekShared(long offset, int whence) {
        run("seekShared", "offset=" + offset + ", whence=" + whence, open -> open.seekShared(offset, whence(whence)));
    }

    /** The shared pointer, in etypes. */
    public long getPositionShared() {
        return call("getPositionShared", "", OpenFile::sharedPosition);
    }

    private static Whence whence(int number) {
        return switch (number) {
            case MPI.SEEK_SET -> Whence.START;
            case MPI.SEEK_CUR -> Whence.POINTER;
            case MPI.SEEK_END -> Whence.END;
            default -> throw new Failure(ErrorClass.ARG, "whence is none of SEEK_SET, SEEK_CUR and SEEK_END");
        };
    }

    /** The extent of a type in the file, in primitive elements; the same as in memory in all data representations. */
    public int getTypeExtent(Datatype type) {
        return call("getTypeExtent", "type=" + type, open -> type.getExtent());
    }

    /** Whether accesses that overlap are one after the other (section 14.6.1). All ranks call it. */
    public void setAtomicity(boolean atomicity) {
        run("setAtomicity", "atomicity=" + atomicity, open -> open.setAtomic(atomicity));
    }

    public boolean getAtomicity() {
        return call("getAtomicity", "", OpenFile::isAtomic);
    }

    /** Brings what this rank has written to the device. All ranks call it. */
    public void sync() {
        run("sync", "", OpenFile::sync);
    }

    /** Chooses what happens when a call fails: with ERRORS_RETURN, and until this is called, it throws. */
    public void setErrhandler(Errhandler handler) {
        errors.choose(handler);
    }

    public Errhandler getErrhandler() {
        return errors.handler();
    }

    /** Does what an error of this class does. */
    public void callErrhandler(int errorCode) {
        throw errors.of(new MPIException(errorCode, "callErrhandler(" + errorCode + ") on file " + name));
    }

    final void run(String call, String values, Consumer<OpenFile> work) {
        OpenFile open = open(call);
        try {
            work.accept(open);
        } catch (Failure e) {
            throw raise(call, values, e);
        }
    }

    final <T extends @Nullable Object> T call(String call, String values, Function<OpenFile, T> work) {
        OpenFile open = open(call);
        try {
            return work.apply(open);
        } catch (Failure e) {
            throw raise(call, values, e);
        }
    }

    private RuntimeException raise(String call, String values, Failure failure) {
        Communicator core = file.core();
        return errors.of(
                call,
                call + "(" + values + ") on file " + name + ", rank " + core.rank() + " of " + core.size() + ": "
                        + failure.getMessage(),
                failure);
    }

    private OpenFile open(String call) {
        if (closed) {
            throw new MPIException(ErrorClass.FILE, call + " on file " + name + ": the file is closed");
        }
        if (MPI.isFinalized()) {
            throw new MPIException(ErrorClass.OTHER, call + " on file " + name + ": MPI.Finalize has been called");
        }
        return file;
    }
}
