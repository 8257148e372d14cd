package io.muster.provider.cloud.azure;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.jclouds.http.HttpCommand;
import org.jclouds.http.HttpErrorHandler;
import org.jclouds.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/**
 * Turns an answer that is an error into {@link ArmError}: {@code {"error": {"code", "message", "details"}}} of the
 * resource manager, {@code {"error", "error_description"}} of the login service.
 */
final class ArmErrorReader implements HttpErrorHandler {
    private static final String RETRY_AFTER = "Retry-After";
    private static final int LONGEST_S = 3600;

    @Override
    public void handleError(HttpCommand command, HttpResponse response) {
        command.setException(read(response));
    }

    private static ArmError read(HttpResponse response) {
        int status = response.getStatusCode();
        Duration wait = retryAfter(response);
        String fallback = "HTTP " + status + " " + response.getMessage();
        try {
            JsonNode body = ArmAnswerParser.body(response);
            JsonNode error = body.path("error");
            if (error.isString()) {
                String text = body.path("error_description").asString(fallback);
                return new ArmError(
                        status, error.asString(""), text.lines().findFirst().orElse(fallback), wait);
            }
            JsonNode told = error.isObject() ? error : body;
            JsonNode detail = told.path("details").path(0);
            // A conflict says what it is one level below.
            JsonNode exact = detail.path("code").asString("").isEmpty() ? told : detail;
            String code = exact.path("code").asString("");
            return new ArmError(status, code, exact.path("message").asString(fallback), wait);
        } catch (UncheckedIOException e) {
            return new ArmError(status, "", fallback, wait);
        }
    }

    private static Duration retryAfter(HttpResponse response) {
        String said = response.getFirstHeaderOrNull(RETRY_AFTER);
        return said != null && said.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Math.min(LONGEST_S, Integer.parseInt(said)))
                : Duration.ZERO;
    }
}
