package io.muster.provider.cloud.standin;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests where the stand-in cannot run, saying why; lets them fail there when the variable {@code
 * MUSTER_TEST_EC2=required} is set, as in CI.
 */
public final class NeedsEc2StandIn implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if ("required".equals(System.getenv("MUSTER_TEST_EC2"))) {
            return ConditionEvaluationResult.enabled("EC2's stand-in is required here");
        }
        String missing = Ec2StandIn.missing();
        return missing.isEmpty()
                ? ConditionEvaluationResult.enabled("EC2's stand-in can run")
                : ConditionEvaluationResult.disabled(missing);
    }
}
