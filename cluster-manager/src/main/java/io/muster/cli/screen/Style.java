package io.muster.cli.screen;

/** Emphasis of a piece of text on one stream; none where colour is not wanted. */
public enum Style {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    GOOD("32"),
    BAD("1;31"),
    WARNING("33");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The text between the sequences that a terminal understands, or the text alone. */
    String apply(String text, Colour colour) {
        return this == PLAIN || colour == Colour.NONE || text.isEmpty()
                ? text
                : "\033[" + code + "m" + text + "\033[0m";
    }

    /** Whether a stream shows colours. */
    public enum Colour {
        ANSI,
        NONE
    }
}
