package io.muster.spec;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a tree against the key table: every problem to the sink, every right value to a map by path. */
final class KeyChecker {
    /** To read a number takes time that grows with the square of its digits. */
    private static final int MAX_NUMBER_CHARS = 100;

    private static final Pattern RANGE = Pattern.compile("^[0-9]* *\\.\\. *[0-9]*$");
    private static final int MAX_DIGITS = 18;

    private final ProblemSink problems;
    private final Values values = new Values();
    private String provider = "";

    KeyChecker(ProblemSink problems) {
        this.problems = problems;
    }

    /** The right values by path, {@code nodes.count → 4}; complete only when no problem was found. */
    Values check(Located root) {
        if (root instanceof Located.Mapping mapping
                && mapping.get("provider").orElse(null) instanceof Located.Scalar scalar) {
            provider = Keys.PROVIDERS.contains(scalar.text()) ? scalar.text() : "";
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
            boolean missing = isNeeded(key) && mapping.get(key.name()).isEmpty();
            if (missing && !excused.contains(key.name())) {
                String example = key.examples().isEmpty()
                        ? "Add \"" + key.name() + ":\" with " + key.shape().wanted() + "."
                        : "Add \"" + key.name() + ": " + key.examples().getFirst() + "\": "
                                + key.shape().wanted() + ".";
                problems.add(owner, path + key.name(), "this key is missing", "", example);
            }
        }
    }

    /** What an unknown provider needs and has is not known either. */
    private boolean isNeeded(Key key) {
        return provider.isEmpty()
                ? key.needed() == Key.Scope.EVERYWHERE
                : key.needed().includes(provider);
    }

    private boolean applies(Key key) {
        return provider.isEmpty() || key.scope().includes(provider);
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
                .filter(key -> key.shape().keysBelow().stream()
                        .anyMatch(inner -> inner.name().equals(name)))
                .map(key -> "under \"" + key.name() + ":\", indented")
                .findFirst();
    }

    private static Optional<String> belongsAtTop(String name) {
        return Keys.FILE.find(name).isPresent()
                ? Optional.of("at the left margin, not in this section")
                : Optional.empty();
    }

    private void value(Key key, Located.Entry entry, String path) {
        if (!applies(key)) {
            problems.add(
                    entry.keyAt(),
                    path,
                    "this key applies " + key.scope().words() + ", and the provider is " + Printable.of(provider),
                    entry.key(),
                    "Remove it, or name such a provider.");
        } else {
            value(key.shape(), entry.value(), entry.keyAt(), path);
        }
    }

    /** {@code owner} is where to point when the value itself stands nowhere: its key. */
    private void value(Shape wanted, Located value, Located.Spot owner, String path) {
        if (value instanceof Located.Scalar scalar && scalar.kind() == Located.Kind.NOTHING) {
            String what = path.endsWith("]") ? "this line of the list has no value" : "this key has no value";
            problems.add(owner, path, what, "", wantedSentence(wanted));
            return;
        }
        switch (wanted) {
            case Shape.Section section
            when value instanceof Located.Mapping inner -> section(section, inner, owner, path + ".");
            case Shape.Many many when value instanceof Located.Sequence list -> many(many, list, owner, path);
            case Shape.OneOrMany either
            when value instanceof Located.Sequence -> value(either.many(), value, owner, path);
            case Shape.OneOrMany either
            when value instanceof Located.Mapping || !(either.one() instanceof Shape.Section) ->
                value(either.one(), value, owner, path);
            case Shape.Shortened either
            when value instanceof Located.Mapping -> value(either.section(), value, owner, path);
            case Shape.Shortened either
            when value instanceof Located.Scalar -> value(either.brief(), value, owner, path);
            case Shape.Whole whole when value instanceof Located.Scalar scalar -> whole(whole, scalar, path);
            case Shape.Text text when value instanceof Located.Scalar scalar -> text(text, scalar, path);
            case Shape.Choice choice when value instanceof Located.Scalar scalar -> choice(choice, scalar, path);
            case Shape.Switch truth when value instanceof Located.Scalar scalar -> truth(truth, scalar, path);
            case Shape.Section _,
                    Shape.Many _,
                    Shape.OneOrMany _,
                    Shape.Shortened _,
                    Shape.Whole _,
                    Shape.Text _,
                    Shape.Choice _,
                    Shape.Switch _ ->
                problems.add(value.at(), path, "this is " + kindOf(value), textOf(value), wantedSentence(wanted));
        }
    }

    private void many(Shape.Many many, Located.Sequence list, Located.Spot owner, String path) {
        int size = list.items().size();
        if (size == 0 || size > many.max()) {
            problems.add(
                    owner,
                    path,
                    size == 0 ? "this list is empty" : "this list has " + size + " lines",
                    "",
                    size == 0 ? wantedSentence(many) : "Write at most " + many.max() + ".");
        }
        values.putList(path, size);
        for (int i = 0; i < size; i++) {
            Located item = list.items().get(i);
            value(many.each(), item, item.at(), path + "[" + i + "]");
        }
    }

    private void truth(Shape.Switch wanted, Located.Scalar scalar, String path) {
        if (scalar.kind() == Located.Kind.TRUTH) {
            values.put(path, scalar.text());
        } else {
            wrong(wanted, scalar, path, Optional.empty());
        }
    }

    private void whole(Shape.Whole wanted, Located.Scalar scalar, String path) {
        if (path.endsWith(".count") && RANGE.matcher(scalar.text()).matches()) {
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
            wrong(wanted, scalar, path, quoted ? Optional.of(scalar.text()) : Optional.empty());
        } else if (number.get().compareTo(BigDecimal.valueOf(wanted.min())) < 0
                || number.get().compareTo(BigDecimal.valueOf(wanted.max())) > 0) {
            wrong(wanted, scalar, path, Optional.empty());
        } else {
            values.put(path, number.get().toBigInteger().toString());
        }
    }

    private void text(Shape.Text wanted, Located.Scalar scalar, String path) {
        if (scalar.kind() == Located.Kind.TEXT && wanted.accepts(scalar.text())) {
            values.put(path, scalar.text());
        } else if (scalar.kind() != Located.Kind.TEXT && wanted.accepts(scalar.text())) {
            problems.add(
                    scalar.at(),
                    path,
                    "\"" + Printable.of(scalar.text()) + "\" is no text in YAML",
                    scalar.text(),
                    "Put it in quotes: \"" + Printable.of(scalar.text()) + "\".");
        } else {
            wrong(wanted, scalar, path, wanted.mended(scalar.text()));
        }
    }

    private void choice(Shape.Choice wanted, Located.Scalar scalar, String path) {
        if (scalar.kind() != Located.Kind.TEXT || !wanted.texts().contains(scalar.text())) {
            Optional<String> meant = Optional.ofNullable(
                            Keys.USUAL_NAMES.get(scalar.text().toLowerCase(Locale.ROOT)))
                    .filter(wanted.texts()::contains);
            wrong(wanted, scalar, path, meant.or(() -> Spelling.nearest(scalar.text(), wanted.texts())));
            return;
        }
        values.put(path, scalar.text());
    }

    private void wrong(Shape wanted, Located.Scalar scalar, String path, Optional<String> nearest) {
        String shown = "\"" + Printable.of(scalar.text()) + "\"";
        problems.add(scalar.at(), path, shown + " does not fit here", scalar.text(), nearest, wantedSentence(wanted));
    }

    private static String wantedSentence(Shape wanted) {
        return "Write " + wanted.wanted() + ".";
    }

    private static Optional<BigDecimal> wholeNumber(String text) {
        if (text.length() > MAX_NUMBER_CHARS) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text).stripTrailingZeros();
            boolean small = number.precision() - (long) number.scale() <= MAX_DIGITS;
            return small && number.scale() <= 0 ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
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
