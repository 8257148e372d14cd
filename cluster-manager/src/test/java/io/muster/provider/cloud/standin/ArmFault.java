package io.muster.provider.cloud.standin;

import tools.jackson.databind.JsonNode;

/** What happens to a call of Azure Resource Manager. */
public sealed interface ArmFault {
    /** It goes through. */
    record None() implements ArmFault {}

    /** Azure answers with this error and does nothing; with seconds to wait, when they are not zero. */
    record Refused(int status, String code, int retryAfterS) implements ArmFault {}

    /** Azure does it, and the answer is lost. */
    record AnswerLost() implements ArmFault {}

    /** Azure does it, and answers with HTTP 500. */
    record EffectThenError() implements ArmFault {}

    /** Nobody is there. */
    record Gone() implements ArmFault {}

    /** Chooses what happens to a call. */
    @FunctionalInterface
    interface Script {
        /** @param number of the call, from 1, since the script began */
        ArmFault fault(String method, String path, JsonNode body, int number);
    }
}
