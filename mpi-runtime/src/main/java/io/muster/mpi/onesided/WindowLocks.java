package io.muster.mpi.onesided;

import java.util.List;

/** How the parts of a window are locked for passive targets (MPI 4.1, section 12.5.3); all calls block. */
sealed interface WindowLocks {
    /** Takes the locks of these ranks. */
    void lock(List<Integer> ranks, LockKind kind);

    /** Gives them back, when all operations on them are complete at the targets. */
    void unlock(List<Integer> ranks, LockKind kind);

    /** By words in memory that all ranks of the window share, in which operations are complete at once. */
    record Shared(List<ControlLine> lines) implements WindowLocks {
        @Override
        public void lock(List<Integer> ranks, LockKind kind) {
            ranks.forEach(rank -> lines.get(rank).lock(kind));
        }

        @Override
        public void unlock(List<Integer> ranks, LockKind kind) {
            ranks.forEach(rank -> lines.get(rank).unlock(kind));
        }
    }

    /** By messages, which the target's service answers; those of several ranks are under way at the same time. */
    record Asked(List<MessageTarget> services) implements WindowLocks {
        @Override
        public void lock(List<Integer> ranks, LockKind kind) {
            ask(ranks, kind == LockKind.SHARED ? WindowRequest.Kind.LOCK_SHARED : WindowRequest.Kind.LOCK_EXCLUSIVE);
        }

        @Override
        public void unlock(List<Integer> ranks, LockKind kind) {
            ranks.forEach(rank -> services.get(rank).flushLocal());
            ask(ranks, WindowRequest.Kind.UNLOCK);
        }

        private void ask(List<Integer> ranks, WindowRequest.Kind what) {
            List<MessageTarget.Answer> answers =
                    ranks.stream().map(rank -> services.get(rank).ask(what)).toList();
            for (int i = 0; i < answers.size(); i++) {
                services.get(ranks.get(i)).await(answers.get(i));
            }
        }
    }
}
