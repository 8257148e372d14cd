package io.muster.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** The JSON schema (draft 2020-12) of sizing files, made from the table that the reader checks against. */
public final class ClusterSchema {
    private ClusterSchema() {}

    /** The schema as text for editors and validators, the same on every call. */
    public static String json() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Muster sizing file");
        schema.put("description", "A cluster that Muster brings up: its name, where it is, and how large.");
        schema.putAll(section(Keys.FILE));
        schema.put("allOf", Keys.PROVIDERS.stream().map(ClusterSchema::rulesFor).toList());
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indent).withArrayIndenter(indent);
        JsonMapper mapper = JsonMapper.builder().defaultPrettyPrinter(printer).build();
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    private static Map<String, Object> section(Shape.Section section) {
        Map<String, Object> properties = new LinkedHashMap<>();
        section.keys().forEach(key -> properties.put(key.name(), property(key)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        List<String> required = section.keys().stream()
                .filter(key -> key.needed() == Key.Scope.EVERYWHERE)
                .map(Key::name)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> property(Key key) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", description(key));
        schema.putAll(value(key.shape()));
        key.defaultText().ifPresent(text -> schema.put("default", text));
        if (!key.examples().isEmpty()) {
            schema.put("examples", examples(key));
        }
        return schema;
    }

    private static Map<String, Object> value(Shape shape) {
        return switch (shape) {
            case Shape.Section section -> section(section);
            case Shape.Many many ->
                ordered("type", "array", "minItems", 1, "maxItems", many.max(), "items", value(many.each()));
            case Shape.OneOrMany either -> Map.of("anyOf", List.of(value(either.one()), value(either.many())));
            case Shape.Shortened either -> Map.of("anyOf", List.of(value(either.brief()), value(either.section())));
            case Shape.Whole whole -> ordered("type", "integer", "minimum", whole.min(), "maximum", whole.max());
            case Shape.Text text ->
                ordered("type", "string", "pattern", text.pattern().pattern());
            case Shape.Choice choice -> ordered("type", "string", "enum", choice.texts());
            case Shape.Switch _ -> Map.of("type", "boolean");
        };
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static String description(Key key) {
        String scope = key.scope() == Key.Scope.EVERYWHERE
                ? ""
                : " Applies " + key.scope().words() + ".";
        String options = key.shape() instanceof Shape.Choice choice
                ? choice.options().stream().map(ClusterSchema::describe).collect(Collectors.joining("; ", " ", "."))
                : "";
        return key.description() + scope + options;
    }

    private static String describe(Option option) {
        String text = option.description();
        return option.text() + " (" + (text.endsWith(".") ? text.substring(0, text.length() - 1) : text) + ")";
    }

    private static List<Object> examples(Key key) {
        List<Object> examples = new ArrayList<>();
        for (String text : key.examples()) {
            examples.add(
                    switch (key.shape()) {
                        case Shape.Whole _ -> Integer.valueOf(text);
                        case Shape.Switch _ -> Boolean.valueOf(text);
                        case Shape.Section _,
                                Shape.Many _,
                                Shape.OneOrMany _,
                                Shape.Shortened _,
                                Shape.Text _,
                                Shape.Choice _ -> text;
                    });
        }
        return examples;
    }

    private static Map<String, Object> rulesFor(String provider) {
        Map<String, Object> named =
                ordered("required", List.of("provider"), "properties", Map.of("provider", Map.of("const", provider)));
        return ordered("if", named, "then", rules(Keys.FILE.keys(), provider));
    }

    /** What keys a provider has and needs beside those that all have; empty when nothing. */
    private static Map<String, Object> rules(List<Key> keys, String provider) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> needed = new ArrayList<>();
        for (Key key : keys) {
            Map<String, Object> below = rules(key.shape().keysBelow(), provider);
            if (!key.scope().includes(provider)) {
                properties.put(key.name(), false);
            } else if (!below.isEmpty()) {
                properties.put(key.name(), belowOneOrMany(key.shape(), below));
            }
            if (key.needed() != Key.Scope.EVERYWHERE && key.needed().includes(provider)) {
                needed.add(key.name());
            }
        }
        Map<String, Object> rules = new LinkedHashMap<>();
        if (!needed.isEmpty()) {
            rules.put("required", needed);
        }
        if (!properties.isEmpty()) {
            rules.put("properties", properties);
        }
        return rules;
    }

    /** Rules for the keys of sections: of this one, or of those in the list. */
    private static Map<String, Object> belowOneOrMany(Shape shape, Map<String, Object> rules) {
        if (shape instanceof Shape.Section) {
            return rules;
        }
        Map<String, Object> both = new LinkedHashMap<>(rules);
        both.put("items", rules);
        return both;
    }
}
