package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.rest.JsonAnswerParser;
import io.muster.provider.cloud.rest.RestError;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jclouds.http.HttpCommand;
import org.jclouds.http.HttpErrorHandler;
import org.jclouds.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/**
 * Turns an answer that is an error into {@link RestError}: {@code {"error": {"code", "message", "details"}}} of the
 * resource manager, {@code {"error", "error_description"}} of the login service.
 */
final class ArmErrorReader implements HttpErrorHandler {
    @Override
    public void handleError(HttpCommand command, HttpResponse response) {
        command.setException(read(response));
    }

    private static RestError read(HttpResponse response) {
        int status = response.getStatusCode();
        Duration wait = RestError.retryAfter(response);
        String fallback = "HTTP " + status + " " + response.getMessage();
        try {
            JsonNode body = JsonAnswerParser.body(response);
            JsonNode error = body.path("error");
            if (error.isString()) {
                String text = body.path("error_description").asString(fallback);
                return new RestError(
                        status, error.asString(""), text.lines().findFirst().orElse(fallback), wait);
            }
            JsonNode told = error.isObject() ? error : body;
            JsonNode detail = told.path("details").path(0);
            // A conflict says what it is one level below.
            JsonNode exact = detail.path("code").asString("").isEmpty() ? told : detail;
            String code = exact.path("code").asString("");
            return new RestError(status, code, exact.path("message").asString(fallback), wait);
        } catch (UncheckedIOException e) {
            return new RestError(status, "", fallback, wait);
        }
    }
}
