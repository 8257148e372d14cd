package io.muster.provider.cloud.azure;

import java.time.Duration;

/** Azure Resource Manager, or the login service before it, answered with an error. */
final class ArmError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final Duration retryAfter;

    /**
     * @param status of HTTP
     * @param code name of the error; empty when the answer had none
     * @param message what Azure says about it
     * @param retryAfter how long to wait before the same call is made again; zero when Azure does not say
     */
    ArmError(int status, String code, String message, Duration retryAfter) {
        super(message);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** The message, which is always there. */
    String said() {
        return String.valueOf(getMessage());
    }
}
