package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.onesided.FixedMemory;
import io.muster.mpi.onesided.Part;
import io.muster.mpi.onesided.Window;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a window carries besides its memory, and how its calls fail. Public so that reflection reaches it. */
public abstract sealed class WinProperties implements Freeable permits WinSynchronization {
    final Intracomm comm;

    private final Window window;
    private final String made;
    private final Attributes attributes = new Attributes();
    private final long base;
    private volatile boolean freed;
    private volatile String name = "";
    private final ErrorHandling errors = new ErrorHandling(MPI.ERRORS_ARE_FATAL);
    private volatile Info info;

    WinProperties(Window window, String made, Info hints) {
        this.window = window;
        this.made = made;
        this.comm = new Intracomm(window.core(), made);
        this.info = hints.isNull() ? new Info() : hints.dup();
        this.base = address(window);
    }

    private static long address(Window window) {
        return window.memory() instanceof FixedMemory memory && memory.base() instanceof MemorySegment segment
                ? segment.address() + memory.start()
                : 0;
    }

    public String getName() {
        return name;
    }

    /** Names the window; errors tell the name. */
    public void setName(String newName) {
        name = newName;
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
        throw errors.of(new MPIException(errorCode, "callErrhandler(" + errorCode + ") on " + label()));
    }

    /** A key for attributes of windows. */
    public static int createKeyval() {
        return Attributes.createKey();
    }

    /** Gives a key up: nothing can be attached under it any more. */
    public static void freeKeyval(int keyval) {
        Attributes.freeKey(keyval);
    }

    /** Attaches a value to this window under a key that {@link #createKeyval} made. */
    public void setAttr(int keyval, Object value) {
        open("setAttr");
        attributes.set("Win.setAttr", keyval, value);
    }

    /**
     * The value under a key, or null when there is none. Predefined keys: WIN_BASE is the address of this rank's memory
     * as a {@code Long}, 0 when it has none or it is an array; WIN_SIZE and WIN_DISP_UNIT are in bytes,
     * an {@code Integer} each, but a {@code Long} for a size of 2 GiB and more.
     */
    public @Nullable Object getAttr(int keyval) {
        Part own = open("getAttr").part(comm.getRank());
        return switch (keyval) {
            case MPI.WIN_BASE -> base;
            case MPI.WIN_SIZE -> size(own.sizeBytes());
            case MPI.WIN_DISP_UNIT -> own.unitBytes();
            default -> attributes.get("Win.getAttr", keyval);
        };
    }

    private static Object size(long bytes) {
        if (bytes == Long.MAX_VALUE) {
            return 0;
        }
        return bytes > Integer.MAX_VALUE ? (Object) bytes : (Object) (int) bytes;
    }

    /** Takes the value under a key away. */
    public void deleteAttr(int keyval) {
        open("deleteAttr");
        attributes.delete("Win.deleteAttr", keyval);
    }

    /** Remembers hints. */
    public void setInfo(Info hints) {
        open("setInfo");
        info = hints.dup();
    }

    /** A copy of the hints that were given. */
    public Info getInfo() {
        open("getInfo");
        return info.dup();
    }

    /** Ends the window and the memory that it allocated. All ranks call it, and it blocks until all have. */
    @Override
    public void free() {
        run("free", "", open -> {
            open.free();
            freed = true;
        });
    }

    final void run(String call, String values, Consumer<Window> work) {
        Window open = open(call);
        try {
            work.accept(open);
        } catch (Failure e) {
            throw raise(call, values, e);
        }
    }

    final <T extends @Nullable Object> T call(String call, String values, Function<Window, T> work) {
        Window open = open(call);
        try {
            return work.apply(open);
        } catch (Failure e) {
            throw raise(call, values, e);
        }
    }

    final RuntimeException raise(String call, String values, Failure failure) {
        Communicator core = window.core();
        return errors.of(
                call,
                call + "(" + values + ") on " + label() + ", rank " + core.rank() + " of " + core.size() + ": "
                        + failure.getMessage(),
                failure);
    }

    final Window open(String call) {
        if (freed) {
            throw new MPIException(ErrorClass.WIN, call + " on " + label() + ": the window is freed");
        }
        if (MPI.isFinalized()) {
            throw new MPIException(ErrorClass.OTHER, call + " on " + label() + ": MPI.Finalize has been called");
        }
        return window;
    }

    private String label() {
        return name.isEmpty() ? made : name;
    }

    /** Whether a rank is one of the window's; PROC_NULL is none, and everything else fails. */
    static boolean checkRank(Window window, int rank) {
        int size = window.core().size();
        if (rank != MPI.PROC_NULL && (rank < 0 || rank >= size)) {
            throw new Failure(ErrorClass.RANK, "target " + rank + " is none of the ranks 0 to " + (size - 1));
        }
        return rank != MPI.PROC_NULL;
    }
}
