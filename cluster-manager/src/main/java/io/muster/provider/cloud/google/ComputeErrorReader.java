package io.muster.provider.cloud.google;

import io.muster.provider.cloud.rest.JsonAnswerParser;
import io.muster.provider.cloud.rest.RestError;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jclouds.http.HttpCommand;
import org.jclouds.http.HttpErrorHandler;
import org.jclouds.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/**
 * Turns an answer that is an error into {@link RestError}: {@code {"error": {"message", "errors": [{"reason"}]}}} of
 * the API, {@code {"error", "error_description"}} of the service that gives tokens.
 */
final class ComputeErrorReader implements HttpErrorHandler {
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
                return new RestError(
                        status,
                        error.asString(""),
                        body.path("error_description").asString(fallback),
                        wait);
            }
            JsonNode first = error.path("errors").path(0);
            String code = first.path("reason").asString(error.path("status").asString(""));
            return new RestError(status, code, error.path("message").asString(fallback), wait);
        } catch (UncheckedIOException e) {
            return new RestError(status, "", fallback, wait);
        }
    }
}
