package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Waiting for several requests. Statuses carry the index of their request. */
final class Requests {
    private Requests() {}

    static Status[] all(Request[] requests) {
        Status[] statuses = new Status[requests.length];
        for (int i = 0; i < requests.length; i++) {
            statuses[i] = indexed(requests[i].waitStatus(), i);
        }
        return statuses;
    }

    static Status @Nullable [] allIfDone(Request[] requests) {
        poll(requests);
        for (Request request : requests) {
            if (!request.isNull() && !request.doneNow()) {
                return null;
            }
        }
        return all(requests);
    }

    static @Nullable Status any(Request[] requests, boolean wait) {
        if (!look(requests, wait)) {
            return null;
        }
        for (int i = 0; i < requests.length; i++) {
            if (requests[i].doneNow()) {
                return indexed(requests[i].waitStatus(), i);
            }
        }
        return null;
    }

    static Status @Nullable [] some(Request[] requests, boolean wait) {
        if (!look(requests, wait)) {
            return null;
        }
        List<Status> statuses = new ArrayList<>();
        for (int i = 0; i < requests.length; i++) {
            if (requests[i].doneNow()) {
                statuses.add(indexed(requests[i].waitStatus(), i));
            }
        }
        return statuses.toArray(Status[]::new);
    }

    static int index(@Nullable Status status) {
        return status == null ? MPI.UNDEFINED : status.index;
    }

    static Status orUndefined(@Nullable Status status) {
        return status == null ? indexed(new Status(), MPI.UNDEFINED) : status;
    }

    static int @Nullable [] indices(Status @Nullable [] statuses) {
        if (statuses == null) {
            return null;
        }
        int[] indices = new int[statuses.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = statuses[i].index;
        }
        return indices;
    }

    /** Makes progress, until one is done when {@code wait} is set; false when all requests are null. */
    private static boolean look(Request[] requests, boolean wait) {
        Request pending = firstPending(requests);
        if (pending == null) {
            return false;
        }
        Communicator core = Objects.requireNonNull(pending.communicator());
        try {
            if (wait) {
                core.engine().waitUntil(() -> oneDone(requests));
            } else if (!oneDone(requests)) {
                core.engine().poll();
            }
        } catch (Failure e) {
            throw pending.raise(e);
        }
        return true;
    }

    private static void poll(Request[] requests) {
        look(requests, false);
    }

    private static boolean oneDone(Request[] requests) {
        for (Request request : requests) {
            if (request.doneNow()) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Request firstPending(Request[] requests) {
        for (Request request : requests) {
            if (!request.isNull()) {
                return request;
            }
        }
        return null;
    }

    private static Status indexed(Status status, int index) {
        status.index = index;
        return status;
    }
}
