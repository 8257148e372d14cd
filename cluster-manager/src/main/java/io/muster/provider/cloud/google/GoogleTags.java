package io.muster.provider.cloud.google;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Tags as labels, and as a line of text for what has a description only. The value of a label has 63 characters of
 * {@code a-z 0-9 - _} at most. So every byte of a value that is neither a lower-case letter, a digit nor a hyphen
 * becomes {@code _} and two hexadecimal digits, and what is longer goes on in labels whose names end with {@code _1},
 * {@code _2} and so on; the names of tags have no such character.
 */
final class GoogleTags {
    static final String OWNER = "muster-owner";
    static final String CLUSTER = "muster-cluster";
    static final String REGION = "muster-region";
    /** Set when a node is ready; says also that its boot script has run. */
    static final String READY = "muster-ready";

    private static final int MAX_VALUE = 63;
    private static final char ESCAPE = '_';

    private GoogleTags() {}

    static Map<String, String> labels(Map<String, String> tags) {
        Map<String, String> labels = new TreeMap<>();
        tags.forEach((name, value) -> {
            String text = escaped(value);
            for (int part = 0; part == 0 || part * MAX_VALUE < text.length(); part++) {
                labels.put(
                        part == 0 ? name : name + ESCAPE + part,
                        text.substring(part * MAX_VALUE, Math.min(text.length(), (part + 1) * MAX_VALUE)));
            }
        });
        return labels;
    }

    /** The tags of a resource that has labels. */
    static Map<String, String> ofLabels(JsonNode labels) {
        Map<String, String> tags = new HashMap<>();
        labels.properties().forEach(label -> {
            String name = label.getKey();
            if (name.indexOf(ESCAPE) < 0) {
                StringBuilder text = new StringBuilder(label.getValue().asString(""));
                for (int part = 1; labels.has(name + ESCAPE + part); part++) {
                    text.append(labels.path(name + ESCAPE + part).asString(""));
                }
                unescaped(text.toString()).ifPresent(value -> tags.put(name, value));
            }
        });
        return tags;
    }

    /** For a description. */
    static String text(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + escaped(tag.getValue()))
                        .collect(Collectors.joining(" "));
    }

    /** The tags in a description; empty when it has none. */
    static Map<String, String> ofText(String text) {
        Map<String, String> tags = new HashMap<>();
        for (String word : text.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                unescaped(word.substring(equals + 1)).ifPresent(value -> tags.put(word.substring(0, equals), value));
            }
        }
        return tags;
    }

    /** A filter for what carries the owner and cluster of these tags; they need no escape. */
    static String filter(Map<String, String> tags) {
        return tags.keySet().stream()
                .filter(name -> name.equals(OWNER) || name.equals(CLUSTER))
                .sorted()
                .map(name -> "(labels." + name + " = \"" + tags.get(name) + "\")")
                .collect(Collectors.joining(" AND "));
    }

    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        for (byte one : value.getBytes(StandardCharsets.UTF_8)) {
            if ((one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one == '-') {
                text.append((char) one);
            } else {
                text.append(ESCAPE).append(String.format(Locale.ROOT, "%02x", one & 0xff));
            }
        }
        return text.toString();
    }

    private static Optional<String> unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one != ESCAPE) {
                bytes.write(one);
            } else if (i + 2 < text.length() && text.substring(i + 1, i + 3).matches("[0-9a-f]{2}")) {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                // A label of somebody else.
                return Optional.empty();
            }
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }
}
