package io.muster.provider;

import java.time.Duration;

/** What became of one {@link NodeRequest}. */
public sealed interface NodeOutcome {

    /** Name of the node that was asked for. */
    String node();

    /**
     * The node runs.
     *
     * @param provided the node, its state is {@link NodeState.Running}
     * @param took time from the request until it could be reached
     */
    record Created(ProvidedNode provided, Duration took) implements NodeOutcome {
        @Override
        public String node() {
            return provided.name();
        }
    }

    /**
     * The node does not run.
     *
     * @param node name of the node
     * @param kind what the caller may do about it
     * @param reason what failed, where, what was seen, and the next step, for the user
     */
    record Failed(String node, FailureKind kind, String reason) implements NodeOutcome {}
}
