package io.muster.mpi.engine;

/**
 * How a rank waits when nothing comes: it polls, then pauses between polls, then gives its core to others, then sleeps.
 * Polling pays only when every rank of the machine has a core; else whoever is waited for wants this one. A rank with a
 * core of its own does not yield it: on a machine that others use too, it would come back much later than it is needed.
 * How long it pauses it learns: whom it waits for may have lost its core, and gets it back when this one sleeps. So a
 * sleep takes some of the pauses before the next one, and a wait without one adds a round.
 *
 * @param polls rounds without a pause
 * @param spins the most rounds with a short pause after that
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

    /** Longer than it takes to wake a rank: else two that answer each other would sleep for ever. */
    private static final int LEAST_SPINS = 5_000;

    /** So many that what happens while code is not compiled yet is not taken for a busy machine. */
    private static final int SLEEPS_TO_LEARN = 32;

    /** When there are more who wait than cores. */
    static final Patience CROWDED = new Patience(2, 0, 2);

    static Patience of(int localRanks, int cores) {
        return localRanks <= cores ? new Patience(200, 20_000, 0) : CROWDED;
    }

    /** What to do in a round, with {@code pauses} rounds of pausing. */
    Step step(int round, int pauses) {
        if (round < polls) {
            return Step.POLL;
        }
        if (round < polls + pauses) {
            return Step.SPIN;
        }
        return round < polls + pauses + yields ? Step.YIELD : Step.SLEEP;
    }

    /** How many rounds to pause next time, after a wait that ended in a sleep with {@code pauses}. */
    int pausesAfterSleep(int pauses) {
        return Math.max(pauses - pauses / SLEEPS_TO_LEARN, Math.min(LEAST_SPINS, spins));
    }

    /** The same after one that did not. */
    int pausesAfterSpin(int pauses) {
        return Math.min(pauses + 1, spins);
    }
}
