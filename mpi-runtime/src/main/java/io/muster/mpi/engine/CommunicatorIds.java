package io.muster.mpi.engine;

import java.util.HashSet;
import java.util.Set;

/**
 * The ids of a rank's communicators. A new communicator gets its id from its first rank, out of numbers that no other
 * rank gives out, and all its ranks say whether the id is free with them; so communicators that are made at the same
 * time by different threads never get the same one. Ids of freed communicators are given out again. Guarded by the
 * engine's lock.
 *
 * <pre>
 *   id:  | world rank of who gave it out (16 bits) | number (14 bits) |       0: all ranks, 1: a rank alone
 * </pre>
 */
final class CommunicatorIds {
    private static final int NUMBERS = 1 << 14;
    private static final int MAX_RANKS = 1 << 16;

    private final int first;
    private final Set<Integer> taken = new HashSet<>(Set.of(0, 1));
    private int next;

    CommunicatorIds(int rank) {
        if (rank >= MAX_RANKS) {
            throw new Failure(ErrorClass.INTERN, "rank " + rank + ": at most " + MAX_RANKS + " ranks are supported");
        }
        first = rank * NUMBERS;
    }

    /** Takes an id of this rank's own that was not given out for the longest time. */
    int takeOwn() {
        for (int tries = 0; tries < NUMBERS; tries++) {
            int id = first + next;
            next = (next + 1) % NUMBERS;
            if (taken.add(id)) {
                return id;
            }
        }
        throw new Failure(
                ErrorClass.INTERN, "this rank has " + NUMBERS + " communicators; free those that are not needed");
    }

    /** Takes an id that another rank gave out; false when a communicator of this rank has it. */
    boolean take(int id) {
        return taken.add(id);
    }

    void release(int id) {
        taken.remove(id);
    }
}
