package io.muster.mpi.onesided;

import java.util.ArrayDeque;

/** Who has the lock of a window that is locked by messages, and who waits for it, in their order. For one thread. */
final class LockQueue {
    private static final int NOBODY = -1;

    private final Grant grant;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int alone = NOBODY;
    private int sharers;

    /** Tells a rank that it has the lock. */
    @FunctionalInterface
    interface Grant {
        void to(int rank, int tag);
    }

    private record Waiting(int rank, int tag, LockKind kind) {}

    LockQueue(Grant grant) {
        this.grant = grant;
    }

    void lock(int rank, int tag, LockKind kind) {
        waiting.add(new Waiting(rank, tag, kind));
        letIn();
    }

    void unlock(int rank) {
        if (alone == rank) {
            alone = NOBODY;
        } else {
            sharers = Math.max(0, sharers - 1);
        }
        letIn();
    }

    private void letIn() {
        Waiting next = waiting.peek();
        while (next != null && isFree(next.kind)) {
            waiting.remove();
            if (next.kind == LockKind.SHARED) {
                sharers++;
            } else {
                alone = next.rank;
            }
            grant.to(next.rank, next.tag);
            next = waiting.peek();
        }
    }

    private boolean isFree(LockKind kind) {
        return alone == NOBODY && (kind == LockKind.SHARED || sharers == 0);
    }
}
