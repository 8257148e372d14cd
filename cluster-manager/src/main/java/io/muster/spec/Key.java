package io.muster.spec;

import java.util.List;
import java.util.Optional;

/**
 * One key of the sizing file: the single source of what the reader checks and what the JSON schema says.
 *
 * @param defaultText what holds when the key is not there, as it would be written
 */
record Key(
        String name,
        Shape shape,
        Need need,
        Scope scope,
        String description,
        List<String> examples,
        Optional<String> defaultText) {

    enum Need {
        REQUIRED,
        OPTIONAL
    }

    /** For which providers the key means something. */
    enum Scope {
        EVERYWHERE("everywhere"),
        IMAGES("to containers and cloud providers only"),
        CLOUD("to cloud providers only");

        private final String words;

        Scope(String words) {
            this.words = words;
        }

        /** Where keys of this scope apply, as the end of a sentence. */
        String words() {
            return words;
        }

        boolean includes(String provider) {
            boolean local = provider.equals(ClusterSpec.LOCAL);
            return switch (this) {
                case EVERYWHERE -> true;
                case IMAGES -> !local;
                case CLOUD -> !local && !provider.equals(ClusterSpec.DOCKER);
            };
        }
    }

    static Key required(String name, Shape shape, String description, String... examples) {
        return new Key(name, shape, Need.REQUIRED, Scope.EVERYWHERE, description, List.of(examples), Optional.empty());
    }

    static Key optional(String name, Shape shape, String description, String... examples) {
        return new Key(name, shape, Need.OPTIONAL, Scope.EVERYWHERE, description, List.of(examples), Optional.empty());
    }

    static Key image(String name, Shape shape, String description, String... examples) {
        return new Key(name, shape, Need.OPTIONAL, Scope.IMAGES, description, List.of(examples), Optional.empty());
    }

    static Key cloud(String name, Shape shape, String description, String... examples) {
        return new Key(name, shape, Need.OPTIONAL, Scope.CLOUD, description, List.of(examples), Optional.empty());
    }

    Key withDefault(String text) {
        return new Key(name, shape, need, scope, description, examples, Optional.of(text));
    }
}
