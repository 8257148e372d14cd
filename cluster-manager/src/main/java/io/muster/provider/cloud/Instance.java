package io.muster.provider.cloud;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One virtual machine as the cloud shows it.
 *
 * @param id the cloud's name for it
 * @param type name of its size; empty when it is not known
 * @param tags its tags
 * @param phase where it is in its life
 * @param reason why it is there, in the cloud's words; may be empty
 * @param publicAddress IP address in the internet
 * @param privateAddress IP address in its network
 * @param launchedAt when it was asked for
 */
public record Instance(
        String id,
        String type,
        Map<String, String> tags,
        Phase phase,
        String reason,
        Optional<String> publicAddress,
        Optional<String> privateAddress,
        Instant launchedAt) {

    /** The life of an instance. */
    public enum Phase {
        PENDING,
        RUNNING,
        /** On its way to its end, or to a stop. */
        ENDING,
        /** It does not run; its disk is still there. */
        STOPPED,
        /** Nothing of it is left but its entry. */
        GONE
    }

    public Instance {
        tags = Map.copyOf(tags);
    }

    /** Whether it runs or will by itself. */
    public boolean isAlive() {
        return phase == Phase.PENDING || phase == Phase.RUNNING;
    }
}
