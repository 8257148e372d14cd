package io.muster.cli.screen;

/**
 * What a user is told when something could not be done.
 *
 * @param what what failed, one sentence
 * @param where what it concerns
 * @param seen the values observed
 * @param next what to do
 */
public record ErrorBlock(String what, String where, String seen, String next) {

    /** The block for stderr, without a line end; parts that are empty are left out. */
    public String render(Screen screen) {
        StringBuilder block = new StringBuilder(screen.message(Style.BAD, "muster:"))
                .append(' ')
                .append(indented(what, 8));
        part(block, screen, "where:", where);
        part(block, screen, "seen: ", seen);
        part(block, screen, "next: ", next);
        return block.toString();
    }

    private static void part(StringBuilder block, Screen screen, String label, String text) {
        if (!text.isBlank()) {
            block.append("\n  ")
                    .append(screen.message(Style.DIM, label))
                    .append(' ')
                    .append(indented(text, 9));
        }
    }

    private static String indented(String text, int columns) {
        return text.strip().replace("\n", "\n" + " ".repeat(columns));
    }
}
