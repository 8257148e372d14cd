package io.muster.bootstrap;

import io.muster.agent.PreflightResult;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What became of one node.
 *
 * @param steps outcome of every step, in order
 * @param facts what was seen there; empty when LOOK was not reached
 * @param agentPort port of its agent on its private address; empty when it has none that answers
 * @param preflight what was measured to the next node
 */
public record NodeReport(
        NodeTarget target,
        Map<Step, StepOutcome> steps,
        Optional<NodeFacts> facts,
        OptionalInt agentPort,
        Optional<PreflightResult> preflight) {

    /** Whether the node is a member: no step failed. */
    public boolean succeeded() {
        return failure().isEmpty();
    }

    /** Why the node is no member. */
    public Optional<String> failure() {
        return steps.values().stream()
                .filter(StepOutcome.Failed.class::isInstance)
                .map(outcome -> ((StepOutcome.Failed) outcome).message())
                .findFirst();
    }
}
