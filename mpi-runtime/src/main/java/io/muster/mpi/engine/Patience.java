package io.muster.mpi.engine;

/**
 * How a rank waits when nothing comes: it polls, then pauses between polls, then gives its core to others, then sleeps.
 * Polling pays only when every rank of the machine has a core; else whoever is waited for wants this one. A rank with a
 * core of its own does not yield it: on a machine that others use too, it would come back much later than it is needed.
 * It does not pause for long either: whom it waits for may have lost its core, and gets it back when this one sleeps.
 *
 * @param polls rounds without a pause
 * @param spins rounds with a short pause after that
 * @param yields rounds that yield the core after that
 */
record Patience(int polls, int spins, int yields) {
    /** What to do in one round. */
    enum Step {
        POLL,
        SPIN,
        YIELD,
        SLEEP
    }

    /** When there are more who wait than cores. */
    static final Patience CROWDED = new Patience(2, 0, 2);

    static Patience of(int localRanks, int cores) {
        return localRanks <= cores ? new Patience(200, 1_000, 0) : CROWDED;
    }

    Step step(int round) {
        if (round < polls) {
            return Step.POLL;
        }
        if (round < polls + spins) {
            return Step.SPIN;
        }
        return round < polls + spins + yields ? Step.YIELD : Step.SLEEP;
    }
}
