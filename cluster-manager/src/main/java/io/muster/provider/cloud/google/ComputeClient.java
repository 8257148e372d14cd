package io.muster.provider.cloud.google;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.Place;
import io.muster.provider.cloud.rest.JsonAnswer;
import io.muster.provider.cloud.rest.Polling;
import io.muster.provider.cloud.rest.RestCall;
import io.muster.provider.cloud.rest.RestError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Calls the Compute Engine API by paths below the project, reads lists to their last page, and waits for operations.
 * Thread-safe.
 */
final class ComputeClient implements AutoCloseable {
    private static final String VERSION = "/compute/v1/";

    private final ComputeCalls calls;
    private final Place place;
    private final URI endpoint;
    private final GoogleLogin login;
    private final String root;

    ComputeClient(ComputeCalls calls, Place place, URI endpoint, GoogleLogin login) {
        this.calls = calls;
        this.place = place;
        this.endpoint = endpoint;
        this.login = login;
        this.root = "projects/" + login.project() + "/";
    }

    /** The path of something in the project. */
    String path(String below) {
        return root + below;
    }

    /** The path of what a resource names by an address or a path. */
    static String pathOf(String reference) {
        return reference.replaceFirst("^https?://.*?/compute/[^/]+/", "").replaceFirst("^/", "");
    }

    /** The last word of an address or a path: the name of what it stands for. */
    static String nameOf(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    JsonNode get(String path, Map<String, String> query) throws CloudFailure {
        URI uri = uri(path, query);
        return call("GET " + path, () -> calls.get(uri));
    }

    /** What is there, or nothing. */
    Optional<JsonNode> find(String path, Map<String, String> query) throws CloudFailure {
        try {
            return Optional.of(get(path, query));
        } catch (CloudFailure e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The members of a list, of all of its pages. */
    List<JsonNode> list(String path, String filter) throws CloudFailure {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode page : pages(path, filter)) {
            page.path("items").forEach(all::add);
        }
        return all;
    }

    /**
     * The resources of a kind in all zones. A zone that does not answer is an error, not a gap.
     *
     * @param kind its name in the API, such as {@code instances}
     */
    List<JsonNode> everywhere(String kind, String filter) throws CloudFailure {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode page : pages(path("aggregated/" + kind), filter)) {
            for (JsonNode scope : page.path("items")) {
                scope.path(kind).forEach(all::add);
            }
        }
        return all;
    }

    private List<JsonNode> pages(String path, String filter) throws CloudFailure {
        List<JsonNode> pages = new ArrayList<>();
        Map<String, String> query = new HashMap<>();
        if (!filter.isEmpty()) {
            query.put("filter", filter);
        }
        while (true) {
            JsonNode page = get(path, query);
            pages.add(page);
            String next = page.path("nextPageToken").asString("");
            if (next.isEmpty()) {
                return pages;
            }
            query.put("pageToken", next);
        }
    }

    /** Begins to make something; answers the operation. */
    JsonNode post(String path, Map<String, String> query, Map<String, ?> body) throws CloudFailure {
        URI uri = uri(path, query);
        return call("POST " + path, () -> calls.post(uri, body));
    }

    /** Makes something and waits until it is there; does nothing when there is one of that name. */
    void make(String path, Map<String, ?> body, Duration patience) throws CloudFailure {
        try {
            await(post(path, Map.of(), body), patience);
        } catch (CloudFailure e) {
            if (e.kind() != Kind.EXISTS) {
                throw e;
            }
        }
    }

    void patch(String path, Map<String, ?> body, Duration patience) throws CloudFailure {
        URI uri = uri(path, Map.of());
        await(call("PATCH " + path, () -> calls.patch(uri, body)), patience);
    }

    /** Has something removed; fine when it is gone. Answers at once, with the operation when there is one. */
    Optional<JsonNode> delete(String path) throws CloudFailure {
        URI uri = uri(path, Map.of());
        try {
            return Optional.of(call("DELETE " + path, () -> calls.delete(uri)));
        } catch (CloudFailure e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Removes something and waits until it is gone. */
    void remove(String path, Duration patience) throws CloudFailure {
        Optional<JsonNode> operation = delete(path);
        if (operation.isPresent()) {
            await(operation.get(), patience);
        }
    }

    /** Waits until an operation is done. */
    void await(JsonNode operation, Duration patience) throws CloudFailure {
        Polling polling = new Polling(place, patience);
        JsonNode now = operation;
        while (!isDone(now)) {
            polling.once(what(now) + " is still " + now.path("status").asString("going on"));
            now = look(now);
        }
    }

    /** An operation as it is now. */
    JsonNode look(JsonNode operation) throws CloudFailure {
        String where = operation.has("zone")
                ? "zones/" + nameOf(operation.path("zone").asString(""))
                : operation.has("region")
                        ? "regions/" + nameOf(operation.path("region").asString(""))
                        : "global";
        return get(path(where + "/operations/" + operation.path("name").asString("")), Map.of());
    }

    /**
     * Whether an operation is done.
     *
     * @throws CloudFailure when it ended with an error
     */
    boolean isDone(JsonNode operation) throws CloudFailure {
        JsonNode error = operation.path("error").path("errors").path(0);
        if (error.isObject()) {
            throw ComputeFailures.failure(
                    what(operation) + " in " + place,
                    new RestError(
                            operation.path("httpErrorStatusCode").asInt(0),
                            error.path("code").asString(""),
                            error.path("message").asString(""),
                            Duration.ZERO),
                    login);
        }
        return operation.path("status").asString("").equals("DONE");
    }

    private static String what(JsonNode operation) {
        return operation.path("operationType").asString("operation") + " of "
                + nameOf(operation.path("targetLink").asString(""));
    }

    private URI uri(String path, Map<String, String> query) {
        StringBuilder text = new StringBuilder(endpoint + VERSION + path);
        char separator = '?';
        for (Map.Entry<String, String> one : query.entrySet()) {
            text.append(separator)
                    .append(RestCall.encoded(one.getKey()))
                    .append('=')
                    .append(RestCall.encoded(one.getValue()));
            separator = '&';
        }
        return URI.create(text.toString());
    }

    private JsonNode call(String what, RestCall call) throws CloudFailure {
        String seen = what.replace(root, "") + " in " + place;
        JsonAnswer answer = RestCall.answer(seen, call, error -> ComputeFailures.failure(seen, error, login));
        return answer.body();
    }

    @Override
    public void close() {
        try {
            calls.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
