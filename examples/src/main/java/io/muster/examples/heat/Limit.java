package io.muster.examples.heat;

/**
 * When to stop.
 *
 * @param steps at the latest after so many steps since the start
 * @param change earlier when no cell changes by more than this in a step, in °C
 * @param lookEvery how many steps lie between two looks at the residual
 */
record Limit(long steps, double change, int lookEvery) {

    Limit {
        if (steps < 0 || lookEvery < 1) {
            throw new IllegalArgumentException("Limit of " + steps + " steps, a look every " + lookEvery + " steps.");
        }
    }

    /** After a fixed number of steps. */
    static Limit afterSteps(long steps, int lookEvery) {
        return new Limit(steps, -1, lookEvery);
    }
}
