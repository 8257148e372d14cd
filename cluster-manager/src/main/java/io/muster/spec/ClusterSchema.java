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
        schema.put("allOf", List.of(onlyKeysFor(ClusterSpec.LOCAL), onlyKeysFor(ClusterSpec.DOCKER)));
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
                .filter(key -> key.need() == Key.Need.REQUIRED)
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
        switch (key.shape()) {
            case Shape.Section section -> schema.putAll(section(section));
            case Shape.Whole whole -> {
                schema.put("type", "integer");
                schema.put("minimum", whole.min());
                schema.put("maximum", whole.max());
            }
            case Shape.Text text -> {
                schema.put("type", "string");
                schema.put("pattern", text.pattern().pattern());
            }
            case Shape.Choice choice -> {
                schema.put("type", "string");
                schema.put("enum", choice.available());
            }
            case Shape.Switch _ -> schema.put("type", "boolean");
        }
        key.defaultText().ifPresent(text -> schema.put("default", text));
        if (!key.examples().isEmpty()) {
            schema.put("examples", examples(key));
        }
        return schema;
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
        String later = option.availability() == Availability.LATER ? ", with a later version" : "";
        String text = option.description();
        return option.text() + " (" + (text.endsWith(".") ? text.substring(0, text.length() - 1) : text) + later + ")";
    }

    private static List<Object> examples(Key key) {
        List<Object> examples = new ArrayList<>();
        for (String text : key.examples()) {
            examples.add(
                    switch (key.shape()) {
                        case Shape.Whole _ -> Integer.valueOf(text);
                        case Shape.Switch _ -> Boolean.valueOf(text);
                        case Shape.Section _, Shape.Text _, Shape.Choice _ -> text;
                    });
        }
        return examples;
    }

    private static Map<String, Object> onlyKeysFor(String provider) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("if", Map.of("properties", Map.of("provider", Map.of("const", provider))));
        rule.put("then", Map.of("properties", foreignKeys(Keys.FILE, provider)));
        return rule;
    }

    private static Map<String, Object> foreignKeys(Shape.Section section, String provider) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Key key : section.keys()) {
            if (!key.scope().includes(provider)) {
                properties.put(key.name(), false);
            } else if (key.shape() instanceof Shape.Section inner
                    && !foreignKeys(inner, provider).isEmpty()) {
                properties.put(key.name(), Map.of("properties", foreignKeys(inner, provider)));
            }
        }
        return properties;
    }
}
