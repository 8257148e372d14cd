package io.muster.provider.cloud.standin;

import tools.jackson.databind.JsonNode;

/** What happens to a call of a cloud. */
public sealed interface CallFault {
    /** It goes through. */
    record None() implements CallFault {}

    /** The cloud answers with this error and does nothing; with seconds to wait, when they are not zero. */
    record Refused(int status, String code, int retryAfterS) implements CallFault {}

    /** The cloud does it, and the answer is lost. */
    record AnswerLost() implements CallFault {}

    /** The cloud does it, and answers with HTTP 500. */
    record EffectThenError() implements CallFault {}

    /** Nobody is there. */
    record Gone() implements CallFault {}

    /** Chooses what happens to a call. */
    @FunctionalInterface
    interface Script {
        /** @param number of the call, from 1, since the script began */
        CallFault fault(String method, String path, JsonNode body, int number);
    }
}
