package io.muster.provider.local;

import java.time.Duration;

/**
 * What the user may choose about local nodes.
 *
 * @param basePort SSH port of the node with index 0, the others follow; 0 lets the system choose free ports
 * @param startTimeout how long one node may take until its SSH server listens
 * @param startsAtOnce how many nodes start at the same time
 */
public record LocalOptions(int basePort, Duration startTimeout, int startsAtOnce) {

    public LocalOptions {
        if (basePort < 0 || basePort > 65_535) {
            throw new IllegalArgumentException("base port " + basePort + " is not between 0 and 65535");
        }
        if (startsAtOnce < 1 || startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("starts at once " + startsAtOnce + ", start timeout " + startTimeout);
        }
    }

    /** Ports chosen by the system, one start a core at a time, 60 s for each. */
    public static LocalOptions defaults() {
        return new LocalOptions(
                0, Duration.ofSeconds(60), Math.max(2, Runtime.getRuntime().availableProcessors()));
    }
}
