package io.muster.mpi.engine;

/**
 * How a rank waits when nothing comes: first it spins, then it gives its core to others, then it sleeps, longer and
 * longer. Spinning pays only when every rank of the node has a core.
 *
 * @param spins rounds to spin
 * @param yields rounds to yield after that
 * @param shortestParkNanos first sleep
 * @param longestParkNanos sleeps double up to this
 */
record Patience(int spins, int yields, long shortestParkNanos, long longestParkNanos) {
    /** What to do in one round. */
    enum Step {
        SPIN,
        YIELD,
        PARK
    }

    static Patience of(int localRanks, int cores) {
        return localRanks <= cores
                ? new Patience(2_000, 1_000, 1_000_000, 4_000_000)
                : new Patience(4, 50, 1_000_000, 4_000_000);
    }

    Step step(int round) {
        if (round < spins) {
            return Step.SPIN;
        }
        return round < spins + yields ? Step.YIELD : Step.PARK;
    }

    long parkNanos(int round) {
        int doublings = Math.min(20, Math.max(0, round - spins - yields) / 8);
        return Math.min(longestParkNanos, shortestParkNanos << doublings);
    }
}
