package io.muster.provider.hosts;

import java.io.IOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests where no containers can stand in for machines, saying so; fails them there when the variable {@code
 * MUSTER_TEST_DOCKER=required} is set, as in CI.
 */
final class NeedsHosts implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if ("required".equals(System.getenv("MUSTER_TEST_DOCKER"))) {
            return ConditionEvaluationResult.enabled("Docker is required here");
        }
        try {
            ContainerHost.docker("image", "inspect", ContainerHost.IMAGE);
            return ConditionEvaluationResult.enabled("a Docker Engine answers and has " + ContainerHost.IMAGE);
        } catch (IOException | AssertionError e) {
            return ConditionEvaluationResult.disabled("no Docker Engine with " + ContainerHost.IMAGE
                    + " answers; muster image import makes it: " + e.getMessage());
        }
    }
}
