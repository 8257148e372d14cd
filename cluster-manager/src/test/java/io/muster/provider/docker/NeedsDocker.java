package io.muster.provider.docker;

import io.muster.provider.ProviderException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests where no Docker Engine answers, saying so; fails them there when the variable {@code
 * MUSTER_TEST_DOCKER=required} is set, as in CI.
 */
final class NeedsDocker implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if ("required".equals(System.getenv("MUSTER_TEST_DOCKER"))) {
            return ConditionEvaluationResult.enabled("Docker is required here");
        }
        try {
            new DockerEngine().connect();
            return ConditionEvaluationResult.enabled("a Docker Engine answers");
        } catch (ProviderException e) {
            return ConditionEvaluationResult.disabled(String.valueOf(e.getMessage()));
        }
    }
}
