package io.muster.provider.cloud.rest;

import com.google.common.base.Function;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jclouds.http.HttpResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Reads an answer, whether it is an error or not. */
public final class JsonAnswerParser implements Function<HttpResponse, JsonAnswer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public JsonAnswer apply(HttpResponse response) {
        return new JsonAnswer(response.getStatusCode(), body(response));
    }

    /** The body of an answer; missing when there is none. */
    public static JsonNode body(HttpResponse response) {
        if (response.getPayload() == null) {
            return MissingNode.getInstance();
        }
        try (InputStream json = response.getPayload().openStream()) {
            byte[] bytes = json.readAllBytes();
            return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JacksonException e) {
            throw new UncheckedIOException(new IOException("the answer is not JSON: " + e.getOriginalMessage(), e));
        }
    }
}
