package io.muster.provider.cloud.standin;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the body of a request may hold, by the paths of its values; lists count as their members.
 *
 * @param allowed all that may be there
 * @param required what must be there wherever the object around it is
 * @param free name of a member of the whole whose content is the user's
 */
record BodyShape(Set<String> allowed, Set<String> required, String free) {

    /** @param text paths between blanks; those with {@code !} are required */
    static BodyShape of(String text, String free) {
        Set<String> allowed = new HashSet<>();
        Set<String> required = new HashSet<>();
        for (String word : text.strip().split("\\s+", -1)) {
            String path = word.replace("!", "");
            allowed.add(path);
            if (word.endsWith("!")) {
                required.add(path);
            }
        }
        return new BodyShape(allowed, required, free);
    }

    /** A path that the body has and must not have. */
    Optional<String> unknown(JsonNode body) {
        return unknown("", body);
    }

    private Optional<String> unknown(String path, JsonNode node) {
        for (Map.Entry<String, JsonNode> one : node.properties()) {
            String here = path.isEmpty() ? one.getKey() : path + "." + one.getKey();
            if (here.equals(free)) {
                continue;
            }
            for (JsonNode value : members(one.getValue())) {
                if (!value.isObject() && !allowed.contains(here)) {
                    return Optional.of(here);
                }
                Optional<String> below = unknown(here, value);
                if (below.isPresent()) {
                    return below;
                }
            }
        }
        return Optional.empty();
    }

    /** A path that the body must have and has not. */
    Optional<String> missing(JsonNode body) {
        Map<String, Integer> seen = new HashMap<>();
        count("", body, seen);
        return required.stream()
                .filter(path -> {
                    int dot = path.lastIndexOf('.');
                    int parents = dot < 0 ? 1 : seen.getOrDefault(path.substring(0, dot), 0);
                    return seen.getOrDefault(path, 0) < parents;
                })
                .findFirst();
    }

    private static void count(String path, JsonNode node, Map<String, Integer> seen) {
        for (Map.Entry<String, JsonNode> one : node.properties()) {
            String here = path.isEmpty() ? one.getKey() : path + "." + one.getKey();
            for (JsonNode value : members(one.getValue())) {
                seen.merge(here, 1, Integer::sum);
                count(here, value, seen);
            }
        }
    }

    private static Iterable<JsonNode> members(JsonNode value) {
        return value.isArray() ? value : List.of(value);
    }
}
