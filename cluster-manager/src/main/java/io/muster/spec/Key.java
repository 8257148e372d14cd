package io.muster.spec;

import java.util.List;
import java.util.Optional;

/**
 * One key of the sizing file: the single source of what the reader checks and what the JSON schema says.
 *
 * @param needed for which providers the key must be there
 * @param scope for which providers the key means something
 * @param defaultText what holds when the key is not there, as it would be written
 */
record Key(
        String name,
        Shape shape,
        Scope needed,
        Scope scope,
        String description,
        List<String> examples,
        Optional<String> defaultText) {

    /** Some of the providers. What is no known provider is in every scope: its own name is the problem then. */
    enum Scope {
        NOWHERE("nowhere"),
        EVERYWHERE("everywhere"),
        CREATED("to providers that create their nodes"),
        HOSTS("to provider hosts only"),
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
            boolean cloud = ClusterSpec.CLOUDS.contains(provider);
            return switch (this) {
                case NOWHERE -> false;
                case EVERYWHERE -> true;
                case CREATED -> !provider.equals(ClusterSpec.HOSTS);
                case HOSTS -> provider.equals(ClusterSpec.HOSTS);
                case IMAGES -> cloud || provider.equals(ClusterSpec.DOCKER);
                case CLOUD -> cloud;
            };
        }
    }

    static Key required(String name, Shape shape, String description, String... examples) {
        return new Key(
                name, shape, Scope.EVERYWHERE, Scope.EVERYWHERE, description, List.of(examples), Optional.empty());
    }

    static Key optional(String name, Shape shape, String description, String... examples) {
        return in(Scope.EVERYWHERE, name, shape, description, examples);
    }

    static Key cloud(String name, Shape shape, String description, String... examples) {
        return in(Scope.CLOUD, name, shape, description, examples);
    }

    /** An optional key of some providers. */
    static Key in(Scope scope, String name, Shape shape, String description, String... examples) {
        return new Key(name, shape, Scope.NOWHERE, scope, description, List.of(examples), Optional.empty());
    }

    Key neededBy(Scope providers) {
        return new Key(name, shape, providers, scope, description, examples, defaultText);
    }

    Key withDefault(String text) {
        return new Key(name, shape, needed, scope, description, examples, Optional.of(text));
    }
}
