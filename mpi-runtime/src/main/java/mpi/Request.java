package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Engine;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.Operation;
import io.muster.mpi.engine.ReceiveOperation;
import io.muster.mpi.engine.SendOperation;
import io.muster.mpi.engine.TaskOperation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A communication under way (MPI 4.1, section 3.7). It is <em>active</em> until somebody has waited for it or found it
 * done; then it is null, or inactive when it is persistent. Not for two threads at once.
 */
public class Request implements Freeable {
    private final @Nullable Comm comm;
    private final @Nullable Communicator core;
    private final String call;
    private final Datatype type;
    private @Nullable ObjectReceive objects;
    private @Nullable Operation operation;
    private Supplier<Status> outcome = Status::new;

    /** Known when the request was done without an operation, or was looked at and not waited for yet. */
    private @Nullable Status ready;

    /** The null request. */
    Request(Datatype type) {
        comm = null;
        core = null;
        call = "null request";
        this.type = type;
    }

    /** One that is done, with this status. */
    Request(Comm comm, String call, Status done) {
        this(comm, call, MPI.BYTE);
        ready = done;
    }

    /** One that is not active. */
    Request(Comm comm, String call, Datatype type) {
        this.comm = comm;
        this.core = comm.core();
        this.call = call;
        this.type = type;
    }

    /** One whose operation is under way. */
    Request(Comm comm, String call, Datatype type, Operation operation) {
        this(comm, call, type);
        this.operation = operation;
    }

    /** One that receives objects. */
    Request(Comm comm, String call, Operation operation, ObjectReceive objects) {
        this(comm, call, MPI.OBJECT, operation);
        this.objects = objects;
    }

    /** One that a thread works on; {@code outcome} tells its status when that is done. */
    Request(Comm comm, String call, Operation operation, Supplier<Status> outcome) {
        this(comm, call, MPI.BYTE, operation);
        this.outcome = outcome;
    }

    /** Makes this inactive request what {@code started} is. */
    final void become(Request started) {
        operation = started.operation;
        objects = started.objects;
        ready = started.ready;
    }

    /** Blocks until done. An empty status at once when the request is not active. */
    public final Status waitStatus() {
        Operation pending = operation;
        if (pending != null && !pending.done()) {
            try {
                engine().waitFor(pending);
            } catch (Failure e) {
                throw raise("Wait for ", e);
            }
        }
        return take();
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
        return look() ? take() : null;
    }

    public @Nullable Status Test() {
        return testStatus();
    }

    /** Makes progress; whether the request is done. Does not block. */
    public final boolean test() {
        return testStatus() != null;
    }

    /** As {@link #testStatus}, but leaves the request active (section 3.7.6). */
    public final @Nullable Status getStatus() {
        if (!look()) {
            return null;
        }
        boolean wasActive = isActive();
        Status status = take();
        ready = wasActive ? status : null;
        return status;
    }

    /** Whether it stands for nothing: waited for, or freed. A persistent request only when freed. */
    public final boolean isNull() {
        return !isActive() && !isKept();
    }

    public boolean Is_null() {
        return isNull();
    }

    /** Takes back a receive that has not matched; anything else goes on. Wait for it in both cases (section 3.8.4). */
    public final void cancel() {
        if (operation instanceof ReceiveOperation receive) {
            engine().cancel(receive);
        }
    }

    public void Cancel() {
        cancel();
    }

    /** Lets go of the request; its communication still completes. */
    @Override
    public void free() {
        operation = null;
        ready = null;
    }

    /** Whether it stays when it is not active. */
    boolean isKept() {
        return false;
    }

    final boolean isActive() {
        return operation != null || ready != null;
    }

    /** Whether it is active and done. */
    final boolean doneNow() {
        Operation pending = operation;
        return ready != null || (pending != null && pending.done());
    }

    /** The communicator of an active request. */
    final Communicator communicator() {
        if (core == null) {
            throw new IllegalStateException("the null request has no communicator");
        }
        return core;
    }

    final RuntimeException raise(String what, Failure failure) {
        return comm == null ? new MPIException(failure) : comm.raise(what + call, "", failure);
    }

    private Engine engine() {
        return communicator().engine();
    }

    /** Makes progress if need be; whether it is done or not active. */
    private boolean look() {
        Operation pending = operation;
        if (pending != null && !pending.done()) {
            try {
                engine().poll();
            } catch (Failure e) {
                throw raise("Test of ", e);
            }
        }
        return pending == null || pending.done();
    }

    /** The status of what is done; not active any more. */
    private Status take() {
        Status known = ready;
        Operation done = operation;
        ready = null;
        operation = null;
        if (done == null || comm == null) {
            return known == null ? new Status() : known;
        }
        return switch (done) {
            case SendOperation _ -> new Status();
            case TaskOperation task -> checked(task);
            case ReceiveOperation receive -> withObjects(comm, comm.finish(communicator(), call, receive, type));
        };
    }

    private Status checked(TaskOperation task) {
        try {
            task.check();
            return outcome.get();
        } catch (Failure e) {
            throw raise("", e);
        }
    }

    private Status withObjects(Comm of, Status status) {
        if (objects == null) {
            return status;
        }
        try {
            return objects.finish(status);
        } catch (Failure e) {
            throw of.raise(call, "count=" + objects.count() + ", type=" + MPI.OBJECT, e);
        }
    }

    /** Blocks until one is done; with index UNDEFINED when none is active. Null entries count as null requests. */
    public static Status waitAnyStatus(Request[] requests) {
        return Requests.waitAny(requests);
    }

    /** Blocks until one is done; its index, or {@code MPI.UNDEFINED} when none is active. */
    public static int waitAny(Request[] requests) {
        return Requests.waitAny(requests).index;
    }

    public static Status Waitany(Request[] requests) {
        return Requests.waitAny(requests);
    }

    /** One that is done, with index UNDEFINED when none is active; null when none is done. Does not block. */
    public static @Nullable Status testAnyStatus(Request[] requests) {
        return Requests.testAny(requests);
    }

    /** The index of one that is done, or {@code MPI.UNDEFINED}. Does not block. */
    public static int testAny(Request[] requests) {
        Status status = Requests.testAny(requests);
        return status == null ? MPI.UNDEFINED : status.index;
    }

    public static @Nullable Status Testany(Request[] requests) {
        return Requests.testAny(requests);
    }

    /** Blocks until all are done; a status each. When some failed, all are done, and the first failure is thrown. */
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

    /** Blocks until at least one is done; null when none is active. */
    public static Status @Nullable [] waitSomeStatus(Request[] requests) {
        return Requests.some(requests, true);
    }

    public static int @Nullable [] waitSome(Request[] requests) {
        return Requests.indices(Requests.some(requests, true));
    }

    public static Status @Nullable [] Waitsome(Request[] requests) {
        return Requests.some(requests, true);
    }

    /** Those that are done, none perhaps; null when none is active. Does not block. */
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
