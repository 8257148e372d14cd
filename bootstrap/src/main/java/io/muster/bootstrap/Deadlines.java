package io.muster.bootstrap;

import java.time.Duration;

/**
 * How long each step may take on one node; waiting for a free place among {@link BootstrapPlan#maxParallel()} does not
 * count.
 *
 * @param connect for SSH to come up
 * @param push for the bundle
 * @param agent for the agent to answer
 * @param command for each of the other steps
 */
public record Deadlines(Duration connect, Duration push, Duration agent, Duration command) {
    /** For nodes that were created a moment ago. */
    public static Deadlines defaults() {
        return new Deadlines(
                Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofSeconds(90), Duration.ofSeconds(60));
    }

    /** Sources that a node tries before it asks the manager, and the manager. */
    private static final int ATTEMPTS = 3;

    Duration of(Step step, boolean spreads) {
        return switch (step) {
            case CONNECT -> connect;
            case PUSH -> spreads ? push.multipliedBy(ATTEMPTS) : push;
            case AGENT -> agent;
            case LOOK, KEYS, HOSTS, MEMBERS, PREFLIGHT -> command;
        };
    }

    /** After so long no node waits for the bundle any more. */
    Duration mostForJoining() {
        return connect.plus(command).plus(of(Step.PUSH, true));
    }
}
