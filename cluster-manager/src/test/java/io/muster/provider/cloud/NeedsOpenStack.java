package io.muster.provider.cloud;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests where no OpenStack is meant for them, saying why: they make servers, so the login alone ({@code
 * OS_AUTH_URL} and what belongs to it) is not enough, {@code MUSTER_TEST_OPENSTACK} must be set too.
 */
public final class NeedsOpenStack implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        for (String name : new String[] {"MUSTER_TEST_OPENSTACK", "OS_AUTH_URL"}) {
            if (System.getenv(name) == null) {
                return ConditionEvaluationResult.disabled(name + " is not set: no OpenStack to make servers in");
            }
        }
        return ConditionEvaluationResult.enabled("OpenStack at " + System.getenv("OS_AUTH_URL"));
    }
}
