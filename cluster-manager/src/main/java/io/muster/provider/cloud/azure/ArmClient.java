package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import io.muster.provider.cloud.Place;
import io.muster.provider.cloud.rest.JsonAnswer;
import io.muster.provider.cloud.rest.Polling;
import io.muster.provider.cloud.rest.RestCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Calls Azure Resource Manager by paths below the subscription, reads lists to their last page, and waits for what
 * takes its time. Thread-safe.
 */
final class ArmClient implements AutoCloseable {
    private final ArmCalls calls;
    private final Place place;
    private final URI endpoint;
    private final String root;

    ArmClient(ArmCalls calls, Place place, URI endpoint, String subscription) {
        this.calls = calls;
        this.place = place;
        this.endpoint = endpoint;
        this.root = "/subscriptions/" + subscription;
    }

    /** The id of a resource. */
    String id(ArmKind kind, String group, String name) {
        return group(group) + "/providers/" + kind.type() + "/" + name;
    }

    /** The id of a resource group. */
    String group(String name) {
        return root + "/resourceGroups/" + name;
    }

    /** A path of the subscription itself. */
    String subscription(String path) {
        return root + path;
    }

    JsonNode get(String path, String version, Map<String, String> query) throws CloudFailure {
        URI uri = uri(path, version, query);
        return call("GET " + path, () -> calls.get(uri)).body();
    }

    /** What is there, or nothing. */
    Optional<JsonNode> find(String path, String version) throws CloudFailure {
        try {
            return Optional.of(get(path, version, Map.of()));
        } catch (CloudFailure e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The members of a list, of all of its pages. */
    List<JsonNode> list(String path, String version, Map<String, String> query) throws CloudFailure {
        List<JsonNode> all = new ArrayList<>();
        URI next = uri(path, version, query);
        while (true) {
            URI page = next;
            JsonNode answer = call("GET " + path, () -> calls.get(page)).body();
            answer.path("value").forEach(all::add);
            String link = answer.path("nextLink").asString("");
            if (link.isEmpty()) {
                return all;
            }
            next = URI.create(link);
        }
    }

    /** Makes or changes a resource; answers at once. */
    JsonNode put(String path, String version, Map<String, ?> body) throws CloudFailure {
        URI uri = uri(path, version, Map.of());
        return call("PUT " + path, () -> calls.put(uri, body)).body();
    }

    /** Makes a resource, and does nothing when there is one of that name; answers at once. */
    void create(String path, String version, Map<String, ?> body) throws CloudFailure {
        URI uri = uri(path, version, Map.of());
        try {
            call("PUT " + path, () -> calls.create(uri, body));
        } catch (CloudFailure e) {
            if (e.kind() != Kind.EXISTS) {
                throw e;
            }
        }
    }

    void patch(String path, String version, Map<String, ?> body) throws CloudFailure {
        URI uri = uri(path, version, Map.of());
        call("PATCH " + path, () -> calls.patch(uri, body));
    }

    /** Has a resource removed; fine when it is gone. Answers at once. */
    void delete(String path, String version) throws CloudFailure {
        URI uri = uri(path, version, Map.of());
        try {
            call("DELETE " + path, () -> calls.delete(uri));
        } catch (CloudFailure e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Makes or changes a resource and waits until it can be used. */
    void make(String path, String version, Map<String, ?> body, Duration patience) throws CloudFailure {
        JsonNode now = put(path, version, body);
        Polling waiting = new Polling(place, patience);
        while (true) {
            String state = now.path("properties").path("provisioningState").asString("Succeeded");
            switch (state) {
                case "Succeeded" -> {
                    return;
                }
                case "Failed", "Canceled" ->
                    throw new CloudFailure(Kind.TRANSIENT, "PUT " + path + " in " + place + " ended as " + state);
                default -> waiting.once("PUT " + path + " is still " + state);
            }
            now = get(path, version, Map.of());
        }
    }

    /** Removes a resource and waits until it is gone. */
    void remove(String path, String version, Duration patience) throws CloudFailure {
        delete(path, version);
        Polling waiting = new Polling(place, patience);
        while (find(path, version).isPresent()) {
            waiting.once("DELETE " + path + " is still going on");
        }
    }

    private URI uri(String path, String version, Map<String, String> query) {
        StringBuilder text = new StringBuilder(endpoint + path + "?api-version=" + version);
        query.forEach((key, value) ->
                text.append('&').append(RestCall.encoded(key)).append('=').append(RestCall.encoded(value)));
        return URI.create(text.toString());
    }

    private JsonAnswer call(String what, RestCall call) throws CloudFailure {
        String seen = what.replace(root, "") + " in " + place;
        return RestCall.answer(seen, call, error -> ArmFailures.failure(seen, error));
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
