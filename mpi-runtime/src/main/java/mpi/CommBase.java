package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.ReceiveOperation;
import org.jspecify.annotations.Nullable;

/** What all communicators share: the core below, checks of arguments, and how errors are told. */
abstract class CommBase {
    final ErrorHandling errors = new ErrorHandling(MPI.ERRORS_ARE_FATAL);

    private @Nullable Communicator core;
    private String name;
    private State state;

    private enum State {
        NOT_STARTED,
        OPEN,
        FREED,
        FINALIZED
    }

    CommBase(@Nullable Communicator core, String name) {
        this.core = core;
        this.name = name;
        this.state = core == null ? State.FREED : State.OPEN;
    }

    /** This communicator gets its core later, from {@link #start}. */
    final void awaitStart() {
        state = State.NOT_STARTED;
    }

    final void start(Communicator communicator) {
        core = communicator;
        state = State.OPEN;
        opened();
    }

    /** The communicator can be used from now on. */
    abstract void opened();

    final void end(boolean finalized) {
        state = finalized ? State.FINALIZED : State.FREED;
    }

    final boolean freed() {
        return state == State.FREED;
    }

    /** The core; throws when the communicator cannot be used. */
    final Communicator core() {
        Communicator open = core;
        if (state == State.OPEN && open != null && !MPI.isFinalized()) {
            return open;
        }
        String why = switch (state) {
            case NOT_STARTED -> "it is not ready: MPI.Init has not been called, or the request of iDup is not done";
            case FREED -> "the communicator is freed";
            case FINALIZED, OPEN -> "MPI.Finalize has been called";
        };
        throw new MPIException(state == State.FREED ? ErrorClass.COMM : ErrorClass.OTHER, name + ": " + why);
    }

    final String label() {
        return name;
    }

    final void label(String newName) {
        name = newName;
    }

    /** The exception for a failure of {@code call}, called with {@code values}. */
    final RuntimeException raise(String call, String values, Failure failure) {
        Communicator known = core;
        String who = known == null ? "" : ", rank " + known.rank() + " of " + known.size();
        return errors.of(call, call + "(" + values + ") on " + name + who + ": " + failure.getMessage(), failure);
    }

    /** The status of a receive that is done; throws when the message was too long. */
    final Status finish(Communicator known, String call, ReceiveOperation receive, Datatype type) {
        Status status = Status.of(receive, known.groupRank(receive.actualSource()), type);
        if (!receive.cancelled() && receive.truncated()) {
            Failure failure = new Failure(
                    ErrorClass.TRUNCATE,
                    "the message from rank " + status.source + " with tag " + status.tag + " has " + receive.sentBytes()
                            + " bytes, the buffer only " + receive.storedBytes());
            throw raise(call, "", failure);
        }
        return status;
    }

    static void checkDestination(Communicator core, int rank) {
        if (rank < 0 || rank >= core.targetCount()) {
            throw new Failure(
                    ErrorClass.RANK, "destination " + rank + " is none of the ranks 0 to " + (core.targetCount() - 1));
        }
    }

    static void checkSource(Communicator core, int rank) {
        if (rank != MPI.ANY_SOURCE && (rank < 0 || rank >= core.targetCount())) {
            throw new Failure(
                    ErrorClass.RANK,
                    "source " + rank + " is neither ANY_SOURCE nor one of the ranks 0 to " + (core.targetCount() - 1));
        }
    }

    static void checkRoot(Communicator core, int root) {
        if (root < 0 || root >= core.size()) {
            throw new Failure(ErrorClass.ROOT, "root " + root + " is none of the ranks 0 to " + (core.size() - 1));
        }
    }

    static void checkSendTag(int tag) {
        if (tag < 0) {
            throw new Failure(ErrorClass.TAG, "tag " + tag + " is negative");
        }
    }

    static void checkReceiveTag(int tag) {
        if (tag < 0 && tag != MPI.ANY_TAG) {
            throw new Failure(ErrorClass.TAG, "tag " + tag + " is negative and not ANY_TAG");
        }
    }

    static String values(int count, Datatype type, String peerName, int peer, int tag) {
        return "count=" + count + ", type=" + type + ", " + peerName + "=" + peer + ", tag=" + tag;
    }
}
