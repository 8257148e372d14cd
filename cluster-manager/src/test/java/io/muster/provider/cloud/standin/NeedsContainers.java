package io.muster.provider.cloud.standin;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests where containers cannot run, saying why; lets them fail there when the variable {@code
 * MUSTER_TEST_DOCKER=required} is set, as in CI.
 */
public final class NeedsContainers implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if ("required".equals(System.getenv("MUSTER_TEST_DOCKER"))) {
            return ConditionEvaluationResult.enabled("containers are required here");
        }
        String missing = Container.missing();
        return missing.isEmpty()
                ? ConditionEvaluationResult.enabled("containers can run")
                : ConditionEvaluationResult.disabled(missing);
    }
}
