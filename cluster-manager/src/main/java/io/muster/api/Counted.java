package io.muster.api;

/** A number with its noun, for a person: {@code 1 node}, {@code 2 nodes}. */
public final class Counted {
    private Counted() {}

    /** {@code noun} is the word for one, of those that take an s for more. */
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
