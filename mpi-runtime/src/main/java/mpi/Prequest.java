package mpi;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A persistent request: a communication that is described once and started any number of times (MPI 4.1, section 3.9).
 * Waiting for it makes it inactive, so that it can be started again; it lasts until it is freed.
 */
public class Prequest extends Request {
    private @Nullable Supplier<Request> starter;

    Prequest(Comm comm, String call, Datatype type, Supplier<Request> starter) {
        super(comm, call, type);
        this.starter = starter;
    }

    /** Starts the communication; the buffer may not be changed until it is done. Throws when it is under way. */
    public final void start() {
        Supplier<Request> described = starter;
        if (described == null || isActive()) {
            String why = described == null ? "the request is freed" : "the request is active: wait for it first";
            throw raise("Start of ", new Failure(ErrorClass.REQUEST, why));
        }
        become(described.get());
    }

    public void Start() {
        start();
    }

    /** Starts all of them. */
    public static void startAll(Prequest[] requests) {
        for (Prequest request : requests) {
            request.start();
        }
    }

    public static void Startall(Prequest[] requests) {
        startAll(requests);
    }

    /** Gives the request up; what is under way still completes. */
    @Override
    public void free() {
        starter = null;
        super.free();
    }

    @Override
    boolean isKept() {
        return starter != null;
    }
}
