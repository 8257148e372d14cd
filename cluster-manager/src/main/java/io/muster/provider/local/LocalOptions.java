package io.muster.provider.local;

import java.time.Duration;

/**
 * What the user may choose about local nodes.
 *
 * @param basePort SSH port of the node with index 0, the others follow; 0 lets the system choose free ports
 * @param startTimeout how long the nodes of one call may take until their SSH servers listen
 */
public record LocalOptions(int basePort, Duration startTimeout) {

    public LocalOptions {
        if (basePort < 0 || basePort > 65_535) {
            throw new IllegalArgumentException("base port " + basePort + " is not between 0 and 65535");
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("start timeout " + startTimeout);
        }
    }

    /** Ports chosen by the system, 60 s. */
    public static LocalOptions defaults() {
        return new LocalOptions(0, Duration.ofSeconds(60));
    }
}
