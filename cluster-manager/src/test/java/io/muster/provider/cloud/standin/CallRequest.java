package io.muster.provider.cloud.standin;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * One call.
 *
 * @param query its parameters, decoded
 * @param body missing when there is none or it is no JSON
 * @param text the body as it came
 */
record CallRequest(
        String method,
        String path,
        Map<String, String> query,
        JsonNode body,
        String text,
        Optional<String> authorization,
        boolean onlyNew) {
    private static final JsonMapper JSON = new JsonMapper();

    static CallRequest of(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new CallRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                decoded(Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                        .orElse("")),
                json(text),
                text,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match")));
    }

    static Map<String, String> decoded(String form) {
        Map<String, String> parameters = new HashMap<>();
        for (String one : form.split("&", -1)) {
            int equals = one.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(one.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(one.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static JsonNode json(String text) {
        try {
            return text.startsWith("{") ? JSON.readTree(text) : MissingNode.getInstance();
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** The words of the path. */
    List<String> words() {
        return List.of(path.replaceFirst("^/", "").split("/", -1));
    }

    String query(String name) {
        return query.getOrDefault(name, "");
    }
}
