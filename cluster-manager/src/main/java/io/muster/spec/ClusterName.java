package io.muster.spec;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a cluster: lower-case letters, digits and hyphens, at most 40, starting with a letter and not ending
 * with a hyphen. Safe as a host name, a folder, a tag of every cloud and a word of a shell.
 *
 * @param text the name itself
 */
public record ClusterName(String text) implements Comparable<ClusterName> {
    /** Most characters that a name may have. */
    public static final int MAX_LENGTH = 40;

    static final String REGEX = "^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$";
    static final String RULE = "lower-case letters, digits and hyphens, at most 40, starting with a letter";

    private static final Pattern PATTERN = Pattern.compile(REGEX);
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern EDGES = Pattern.compile("^[^a-z]+|-+$");

    public ClusterName {
        if (!PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + Printable.of(text) + "\" is no cluster name. A name has " + RULE
                    + suggestionFor(text)
                            .map(name -> ", for example \"" + name + "\"")
                            .orElse("") + ".");
        }
    }

    /** Whether this text can be a cluster's name. */
    public static boolean isValid(String text) {
        return PATTERN.matcher(text).matches();
    }

    /** The valid name that is nearest to a text which is none; empty when nothing of the text can be kept. */
    public static Optional<String> suggestionFor(String text) {
        String plain = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        String hyphened = EDGES.matcher(OTHERS.matcher(plain).replaceAll("-")).replaceAll("");
        String cut = hyphened.substring(0, Math.min(MAX_LENGTH, hyphened.length()));
        String name = EDGES.matcher(cut).replaceAll("");
        return isValid(name) ? Optional.of(name) : Optional.empty();
    }

    @Override
    public int compareTo(ClusterName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
