package io.muster.spec;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a tree against the key table: every problem to the sink, every right value to a map by path. */
final class KeyChecker {
    private static final Pattern RANGE = Pattern.compile("^[0-9]* *\\.\\. *[0-9]*$");
    private static final int MAX_DIGITS = 18;

    private final ProblemSink problems;
    private final Map<String, String> values = new HashMap<>();
    private String provider = "";

    KeyChecker(ProblemSink problems) {
        this.problems = problems;
    }

    /** The right values by path, {@code nodes.count → 4}; complete only when no problem was found. */
    Map<String, String> check(Located root) {
        if (root instanceof Located.Mapping mapping
                && mapping.get("provider").orElse(null) instanceof Located.Scalar scalar) {
            provider = scalar.text();
        }
        if (root instanceof Located.Mapping mapping) {
            section(Keys.FILE, mapping, mapping.at(), "");
        } else {
            problems.add(
                    root.at(),
                    "",
                    "the file has no keys",
                    textOf(root),
                    "Write one \"key: value\" a line, " + SpecReader.MINIMAL);
        }
        return values;
    }

    private void section(Shape.Section section, Located.Mapping mapping, Located.Spot owner, String path) {
        Set<String> excused = new HashSet<>();
        for (Located.Entry entry : mapping.entries()) {
            String keyPath = path + entry.key();
            Optional<Key> key = section.find(entry.key());
            if (key.isPresent()) {
                value(key.get(), entry, keyPath);
            } else {
                unknown(section, entry, keyPath).ifPresent(excused::add);
            }
        }
        for (Key key : section.keys()) {
            boolean missing =
                    key.need() == Key.Need.REQUIRED && mapping.get(key.name()).isEmpty();
            if (missing && !excused.contains(key.name())) {
                String example = key.shape() instanceof Shape.Section
                        ? "Add \"" + key.name() + ":\" with " + key.shape().wanted() + "."
                        : "Add \"" + key.name() + ": " + key.examples().getFirst() + "\": "
                                + key.shape().wanted() + ".";
                problems.add(owner, path + key.name(), "this key is missing", "", example);
            }
        }
    }

    /** Reports an unknown key; the known one that was probably meant. */
    private Optional<String> unknown(Shape.Section section, Located.Entry entry, String path) {
        Optional<String> elsewhere = section.equals(Keys.FILE) ? sectionWith(entry.key()) : belongsAtTop(entry.key());
        Optional<String> nearest =
                elsewhere.isPresent() ? Optional.empty() : Spelling.nearest(entry.key(), section.names());
        String advice = elsewhere
                .map(place -> "It belongs " + place + ".")
                .orElse("Known keys here: " + String.join(", ", section.names()) + ".");
        problems.add(
                entry.keyAt(), path, "\"" + Printable.of(entry.key()) + "\" is no key", entry.key(), nearest, advice);
        return nearest;
    }

    private static Optional<String> sectionWith(String name) {
        return Keys.FILE.keys().stream()
                .filter(key -> key.shape() instanceof Shape.Section inner
                        && inner.find(name).isPresent())
                .map(key -> "under \"" + key.name() + ":\", indented")
                .findFirst();
    }

    private static Optional<String> belongsAtTop(String name) {
        return Keys.FILE.find(name).isPresent()
                ? Optional.of("at the left margin, not in this section")
                : Optional.empty();
    }

    private void value(Key key, Located.Entry entry, String path) {
        Located value = entry.value();
        if (!key.scope().includes(provider)) {
            problems.add(
                    entry.keyAt(),
                    path,
                    "this key applies " + key.scope().words() + ", and the provider is " + Printable.of(provider),
                    entry.key(),
                    "Remove it, or name such a provider.");
            return;
        }
        if (value instanceof Located.Scalar scalar && scalar.kind() == Located.Kind.NOTHING) {
            problems.add(entry.keyAt(), path, "this key has no value", "", wantedSentence(key));
            return;
        }
        switch (key.shape()) {
            case Shape.Section section
            when value instanceof Located.Mapping inner -> section(section, inner, entry.keyAt(), path + ".");
            case Shape.Section section
            when path.equals("nodes") && value instanceof Located.Sequence ->
                problems.add(
                        entry.keyAt(),
                        path,
                        "groups of different nodes are not supported yet; they come with a later version",
                        "",
                        "Describe one kind of nodes: " + String.join(", ", section.names()) + ".");
            case Shape.Whole whole when value instanceof Located.Scalar scalar -> whole(key, whole, scalar, path);
            case Shape.Text text when value instanceof Located.Scalar scalar -> text(key, text, scalar, path);
            case Shape.Choice choice when value instanceof Located.Scalar scalar -> choice(key, choice, scalar, path);
            case Shape.Switch _
            when value instanceof Located.Scalar scalar -> {
                if (scalar.kind() != Located.Kind.TRUTH) {
                    wrong(key, scalar, path, Optional.empty());
                }
            }
            case Shape.Section _, Shape.Whole _, Shape.Text _, Shape.Choice _, Shape.Switch _ ->
                problems.add(value.at(), path, "this is " + kindOf(value), textOf(value), wantedSentence(key));
        }
    }

    private void whole(Key key, Shape.Whole whole, Located.Scalar scalar, String path) {
        if (path.equals("nodes.count") && RANGE.matcher(scalar.text()).matches()) {
            problems.add(
                    scalar.at(),
                    path,
                    "a range of nodes (an elastic cluster) is not supported yet; it comes with a later version",
                    scalar.text(),
                    "Write one whole number.");
            return;
        }
        Optional<BigDecimal> number =
                scalar.kind() == Located.Kind.NUMBER ? wholeNumber(scalar.text()) : Optional.empty();
        if (number.isEmpty()) {
            boolean quoted = scalar.kind() == Located.Kind.TEXT && scalar.text().matches("[1-9][0-9]{0,8}");
            wrong(key, scalar, path, quoted ? Optional.of(scalar.text()) : Optional.empty());
        } else if (number.get().compareTo(BigDecimal.valueOf(whole.min())) < 0
                || number.get().compareTo(BigDecimal.valueOf(whole.max())) > 0) {
            wrong(key, scalar, path, Optional.empty());
        } else {
            values.put(path, number.get().toBigInteger().toString());
        }
    }

    private void text(Key key, Shape.Text shape, Located.Scalar scalar, String path) {
        if (scalar.kind() == Located.Kind.TEXT && shape.accepts(scalar.text())) {
            values.put(path, scalar.text());
        } else {
            wrong(key, scalar, path, shape.mended(scalar.text()));
        }
    }

    private void choice(Key key, Shape.Choice choice, Located.Scalar scalar, String path) {
        Optional<Option> option = scalar.kind() == Located.Kind.TEXT ? choice.find(scalar.text()) : Optional.empty();
        if (option.isEmpty()) {
            List<String> known = choice.options().stream().map(Option::text).toList();
            wrong(key, scalar, path, Spelling.nearest(scalar.text(), known));
            return;
        }
        switch (option.get().availability()) {
            case NOW -> values.put(path, scalar.text());
            case LATER ->
                problems.add(
                        scalar.at(),
                        path,
                        "\"" + scalar.text() + "\" (" + trimStop(option.get().description())
                                + ") comes with a later version",
                        scalar.text(),
                        "This version has " + choice.wanted() + ".");
        }
    }

    private void wrong(Key key, Located.Scalar scalar, String path, Optional<String> nearest) {
        String shown = "\"" + Printable.of(scalar.text()) + "\"";
        problems.add(scalar.at(), path, shown + " does not fit here", scalar.text(), nearest, wantedSentence(key));
    }

    private static String wantedSentence(Key key) {
        return "Write " + key.shape().wanted() + ".";
    }

    private static Optional<BigDecimal> wholeNumber(String text) {
        try {
            BigDecimal number = new BigDecimal(text).stripTrailingZeros();
            boolean small = number.precision() - (long) number.scale() <= MAX_DIGITS;
            return small && number.scale() <= 0 ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String trimStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String kindOf(Located value) {
        return switch (value) {
            case Located.Mapping _ -> "a section with keys";
            case Located.Sequence _ -> "a list";
            case Located.Scalar _ -> "a single value";
        };
    }

    private static String textOf(Located value) {
        return value instanceof Located.Scalar scalar ? scalar.text() : "";
    }
}
