package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.Operation;
import io.muster.mpi.engine.ReceiveOperation;
import io.muster.mpi.engine.SendOperation;
import org.jspecify.annotations.Nullable;

/** A send or receive under way (MPI 4.1, section 3.7). Not for two threads at once. */
public class Request implements Freeable {
    private final @Nullable Comm comm;
    private final String call;
    private final @Nullable ObjectReceive objects;
    private @Nullable Operation operation;

    /** A request that is done and stays so: the null request. */
    Request() {
        comm = null;
        call = "null request";
        objects = null;
    }

    Request(Comm comm, String call, Operation operation) {
        this(comm, call, operation, null);
    }

    /** One that receives {@code objects}. */
    Request(Comm comm, String call, Operation operation, @Nullable ObjectReceive objects) {
        this.comm = comm;
        this.call = call;
        this.operation = operation;
        this.objects = objects;
    }

    /** Blocks until done; the request is null afterwards. */
    public final Status waitStatus() {
        Operation pending = operation;
        if (pending == null || comm == null) {
            return new Status();
        }
        if (!pending.done()) {
            try {
                core(comm).engine().waitFor(pending);
            } catch (Failure e) {
                throw comm.raise("Wait for " + call, "", e);
            }
        }
        return finish(comm, pending);
    }

    public Status Wait() {
        return waitStatus();
    }

    /** Blocks until done. */
    public final void waitFor() {
        waitStatus();
    }

    /** Makes progress; the status when done, else null. Does not block. */
    public final @Nullable Status testStatus() {
        Operation pending = operation;
        if (pending == null || comm == null) {
            return new Status();
        }
        if (!pending.done()) {
            try {
                core(comm).engine().poll();
            } catch (Failure e) {
                throw comm.raise("Test of " + call, "", e);
            }
        }
        return pending.done() ? finish(comm, pending) : null;
    }

    public @Nullable Status Test() {
        return testStatus();
    }

    public final boolean test() {
        return testStatus() != null;
    }

    public final boolean isNull() {
        return operation == null;
    }

    public boolean Is_null() {
        return isNull();
    }

    /** Takes back a receive that has not matched; anything else goes on. */
    public final void cancel() {
        if (operation instanceof ReceiveOperation receive && comm != null) {
            core(comm).engine().cancel(receive);
        }
    }

    public void Cancel() {
        cancel();
    }

    /** Lets go of the request; a send still completes. */
    @Override
    public void free() {
        operation = null;
    }

    boolean doneNow() {
        return operation != null && operation.done();
    }

    @Nullable
    Communicator communicator() {
        return operation == null || comm == null ? null : core(comm);
    }

    MPIException raise(Failure failure) {
        return comm == null ? new MPIException(failure) : comm.raise("Wait for " + call, "", failure);
    }

    private static Communicator core(Comm comm) {
        return comm.core();
    }

    private Status finish(Comm comm, Operation done) {
        operation = null;
        return switch (done) {
            case SendOperation _ -> new Status();
            case ReceiveOperation receive -> withObjects(comm, comm.finish(call, receive));
        };
    }

    private Status withObjects(Comm comm, Status status) {
        if (objects == null) {
            return status;
        }
        try {
            return objects.finish(status);
        } catch (Failure e) {
            throw comm.raise(call, "count=" + objects.count() + ", type=" + MPI.OBJECT, e);
        }
    }

    /** Blocks until one is done; null when all are null. */
    public static @Nullable Status waitAnyStatus(Request[] requests) {
        return Requests.any(requests, true);
    }

    /** Blocks until one is done; its index, or {@code MPI.UNDEFINED} when all are null. */
    public static int waitAny(Request[] requests) {
        return Requests.index(Requests.any(requests, true));
    }

    public static Status Waitany(Request[] requests) {
        return Requests.orUndefined(Requests.any(requests, true));
    }

    public static @Nullable Status testAnyStatus(Request[] requests) {
        return Requests.any(requests, false);
    }

    public static int testAny(Request[] requests) {
        return Requests.index(Requests.any(requests, false));
    }

    public static @Nullable Status Testany(Request[] requests) {
        return Requests.any(requests, false);
    }

    /** Blocks until all are done; a status each. */
    public static Status[] waitAllStatus(Request[] requests) {
        return Requests.all(requests);
    }

    public static void waitAll(Request[] requests) {
        Requests.all(requests);
    }

    public static Status[] Waitall(Request[] requests) {
        return Requests.all(requests);
    }

    /** The statuses when all are done, else null; does not block. */
    public static Status @Nullable [] testAllStatus(Request[] requests) {
        return Requests.allIfDone(requests);
    }

    public static boolean testAll(Request[] requests) {
        return Requests.allIfDone(requests) != null;
    }

    public static Status @Nullable [] Testall(Request[] requests) {
        return Requests.allIfDone(requests);
    }

    /** Blocks until at least one is done; null when all requests are null. */
    public static Status @Nullable [] waitSomeStatus(Request[] requests) {
        return Requests.some(requests, true);
    }

    public static int @Nullable [] waitSome(Request[] requests) {
        return Requests.indices(Requests.some(requests, true));
    }

    public static Status @Nullable [] Waitsome(Request[] requests) {
        return Requests.some(requests, true);
    }

    public static Status @Nullable [] testSomeStatus(Request[] requests) {
        return Requests.some(requests, false);
    }

    public static int @Nullable [] testSome(Request[] requests) {
        return Requests.indices(Requests.some(requests, false));
    }

    public static Status @Nullable [] Testsome(Request[] requests) {
        return Requests.some(requests, false);
    }
}
