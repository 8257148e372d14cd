package mpi;

import io.muster.mpi.engine.Engine;
import io.muster.mpi.engine.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Waiting for several requests. Statuses carry the index of their request; null entries are null requests. */
final class Requests {
    private Requests() {}

    static Status[] all(@Nullable Request[] requests) {
        Status[] statuses = new Status[requests.length];
        MPIException failure = null;
        for (int i = 0; i < requests.length; i++) {
            Request request = requests[i];
            try {
                statuses[i] = Status.at(i, request == null ? null : request.waitStatus());
            } catch (MPIException e) {
                statuses[i] = Status.at(i, null);
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return statuses;
    }

    static Status @Nullable [] allIfDone(@Nullable Request[] requests) {
        look(requests, false);
        for (Request request : requests) {
            if (request != null && request.isActive() && !request.doneNow()) {
                return null;
            }
        }
        return all(requests);
    }

    static Status waitAny(@Nullable Request[] requests) {
        return look(requests, true) ? Objects.requireNonNull(firstDone(requests)) : Status.at(MPI.UNDEFINED, null);
    }

    static @Nullable Status testAny(@Nullable Request[] requests) {
        return look(requests, false) ? firstDone(requests) : Status.at(MPI.UNDEFINED, null);
    }

    static Status @Nullable [] some(@Nullable Request[] requests, boolean wait) {
        if (!look(requests, wait)) {
            return null;
        }
        List<Status> statuses = new ArrayList<>();
        for (int i = 0; i < requests.length; i++) {
            Request request = requests[i];
            if (request != null && request.doneNow()) {
                statuses.add(Status.at(i, request.waitStatus()));
            }
        }
        return statuses.toArray(Status[]::new);
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

    /** Makes progress, until one is done when {@code wait} is set; false when none is active. */
    private static boolean look(@Nullable Request[] requests, boolean wait) {
        Request pending = firstActive(requests);
        if (pending == null) {
            return false;
        }
        Engine engine = pending.communicator().engine();
        try {
            if (wait) {
                engine.waitUntil(() -> oneDone(requests));
            } else if (!oneDone(requests)) {
                engine.poll();
            }
        } catch (Failure e) {
            throw pending.raise("Wait for ", e);
        }
        return true;
    }

    private static boolean oneDone(@Nullable Request[] requests) {
        for (Request request : requests) {
            if (request != null && request.doneNow()) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Status firstDone(@Nullable Request[] requests) {
        for (int i = 0; i < requests.length; i++) {
            Request request = requests[i];
            if (request != null && request.doneNow()) {
                return Status.at(i, request.waitStatus());
            }
        }
        return null;
    }

    private static @Nullable Request firstActive(@Nullable Request[] requests) {
        for (Request request : requests) {
            if (request != null && request.isActive()) {
                return request;
            }
        }
        return null;
    }
}
