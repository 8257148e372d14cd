package io.muster.provider.cloud.rest;

import java.time.Duration;
import org.jclouds.http.HttpResponse;

/** A cloud, or the login service before it, answered with an error. */
public final class RestError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String RETRY_AFTER = "Retry-After";
    private static final int LONGEST_S = 3600;

    private final int status;
    private final String code;
    private final Duration retryAfter;

    /**
     * @param status of HTTP
     * @param code name of the error; empty when the answer had none
     * @param message what the cloud says about it
     * @param retryAfter how long to wait before the same call is made again; zero when the cloud does not say
     */
    public RestError(int status, String code, String message, Duration retryAfter) {
        super(message);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** What the header of an answer says about the time before the next call; zero when it says nothing. */
    public static Duration retryAfter(HttpResponse response) {
        String said = response.getFirstHeaderOrNull(RETRY_AFTER);
        return said != null && said.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Math.min(LONGEST_S, Integer.parseInt(said)))
                : Duration.ZERO;
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    /** The name of the error; empty when the answer had none. */
    public String code() {
        return code;
    }

    /** How long to wait before the same call is made again; zero when the cloud does not say. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** The message, which is always there. */
    public String said() {
        return String.valueOf(getMessage());
    }
}
