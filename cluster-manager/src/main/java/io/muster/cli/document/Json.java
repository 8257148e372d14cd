package io.muster.cli.document;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes documents as JSON text. */
public final class Json {
    private static final JsonMapper COMPACT = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();
    private static final JsonMapper INDENTED =
            COMPACT.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /** One document, indented. */
    public static String document(Object value) {
        return INDENTED.writeValueAsString(value);
    }

    /** One document on one line. */
    public static String line(Object value) {
        return COMPACT.writeValueAsString(value);
    }
}
