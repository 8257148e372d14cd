package io.muster.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Builds the located tree of a document from its tokens. What tokens cannot say wrong, it reports: twins, aliases. */
final class TreeReader {
    private final JsonParser tokens;
    private final ProblemSink problems;

    TreeReader(JsonParser tokens, ProblemSink problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    /** The document; empty when the file has none. */
    Optional<Located> document() {
        JsonToken first = tokens.nextToken();
        if (first == null) {
            return Optional.empty();
        }
        Located root = value(first, "");
        if (tokens.nextToken() != null) {
            problems.add(
                    spot(), "", "a second document begins here", "---", "A sizing file is one document: remove it.");
        }
        return Optional.of(root);
    }

    private Located value(JsonToken token, String path) {
        Located.Spot at = spot();
        if (tokens instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            problems.add(
                    at, path, "an alias is not supported", "*" + tokens.getString(), "Write the value itself here.");
            return new Located.Scalar(at, Located.Kind.NOTHING, "");
        }
        return switch (token) {
            case START_OBJECT -> mapping(at, path);
            case START_ARRAY -> sequence(at, path);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(at, Located.Kind.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> scalar(at, Located.Kind.TRUTH);
            case VALUE_NULL -> scalar(at, Located.Kind.NOTHING);
            default -> scalar(at, Located.Kind.TEXT);
        };
    }

    private Located mapping(Located.Spot at, String path) {
        List<Located.Entry> entries = new ArrayList<>();
        Map<String, Integer> firstLines = new HashMap<>();
        while (tokens.nextToken() != JsonToken.END_OBJECT) {
            String key = tokens.currentName();
            Located.Spot keyAt = spot();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            Located value = value(tokens.nextToken(), keyPath);
            Integer first = firstLines.putIfAbsent(key, keyAt.line());
            if (first == null) {
                entries.add(new Located.Entry(key, keyAt, value));
            } else {
                problems.add(keyAt, keyPath, "this key stands twice, first in line " + first, key, "Keep one of them.");
            }
        }
        return new Located.Mapping(at, entries);
    }

    private Located sequence(Located.Spot at, String path) {
        List<Located> items = new ArrayList<>();
        JsonToken token;
        while ((token = tokens.nextToken()) != JsonToken.END_ARRAY) {
            items.add(value(token, path + "[" + items.size() + "]"));
        }
        return new Located.Sequence(at, items);
    }

    private Located scalar(Located.Spot at, Located.Kind kind) {
        return new Located.Scalar(at, kind, tokens.getString());
    }

    private Located.Spot spot() {
        TokenStreamLocation start = tokens.currentTokenLocation();
        TokenStreamLocation end = tokens.currentLocation();
        int width = end.getLineNr() == start.getLineNr() ? end.getColumnNr() - start.getColumnNr() : 1;
        return new Located.Spot(start.getLineNr(), start.getColumnNr(), Math.max(1, width));
    }
}
