package io.muster.spec;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the value of a key looks like. */
sealed interface Shape {

    /** What one would write, for a message: {@code a whole number from 1 to 16}. */
    String wanted();

    /** The keys that a value of this shape may have below it, whether it is one or a list; empty for single values. */
    default List<Key> keysBelow() {
        return List.of();
    }

    /** Keys below this one. */
    record Section(List<Key> keys) implements Shape {
        @Override
        public String wanted() {
            return "keys below it: " + String.join(", ", names());
        }

        @Override
        public List<Key> keysBelow() {
            return keys;
        }

        List<String> names() {
            return keys.stream().map(Key::name).toList();
        }

        Optional<Key> find(String name) {
            return keys.stream().filter(key -> key.name().equals(name)).findFirst();
        }
    }

    /** A list of at least one value. */
    record Many(Shape each, int max) implements Shape {
        @Override
        public String wanted() {
            return "a list, each line of it \"- \" and " + each.wanted();
        }

        @Override
        public List<Key> keysBelow() {
            return each.keysBelow();
        }
    }

    /** One value, or a list of them. */
    record OneOrMany(Shape one, Many many) implements Shape {
        @Override
        public String wanted() {
            return one.wanted() + "; or a list of these";
        }

        @Override
        public List<Key> keysBelow() {
            return many.keysBelow();
        }
    }

    /** A section with keys, or one value that says the same in short. */
    record Shortened(Shape brief, Section section) implements Shape {
        @Override
        public String wanted() {
            return brief.wanted() + "; or " + section.wanted();
        }

        @Override
        public List<Key> keysBelow() {
            return section.keys();
        }
    }

    /** A whole number between two bounds, both included. */
    record Whole(int min, int max) implements Shape {
        @Override
        public String wanted() {
            return "a whole number from " + min + " to " + max;
        }
    }

    /**
     * Text of one pattern, the same for the reader and the schema.
     *
     * @param mend the right text that was probably meant by a wrong one
     */
    record Text(Pattern pattern, String wanted, Function<String, Optional<String>> mend) implements Shape {
        static Text of(String regex, String wanted, Function<String, Optional<String>> mend) {
            return new Text(Pattern.compile(regex), wanted, mend);
        }

        static Text of(String regex, String wanted) {
            return of(regex, wanted, text -> Optional.empty());
        }

        boolean accepts(String text) {
            return pattern.matcher(text).matches();
        }

        Optional<String> mended(String text) {
            return mend.apply(text).filter(this::accepts);
        }
    }

    /** One of a few words. */
    record Choice(List<Option> options) implements Shape {
        @Override
        public String wanted() {
            return "one of: " + String.join(", ", texts());
        }

        List<String> texts() {
            return options.stream().map(Option::text).toList();
        }
    }

    /** {@code true} or {@code false}. */
    record Switch() implements Shape {
        @Override
        public String wanted() {
            return "true or false";
        }
    }
}
