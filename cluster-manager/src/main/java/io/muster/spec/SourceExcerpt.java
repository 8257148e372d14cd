package io.muster.spec;

/** One line of a file with a caret under the text that is meant. */
final class SourceExcerpt {
    private static final int MAX_WIDTH = 100;

    private SourceExcerpt() {}

    static String of(int line, int column, int width, String sourceLine) {
        int start = Math.max(0, column - 1 - MAX_WIDTH / 2);
        String shown = visible(sourceLine.substring(
                Math.min(start, sourceLine.length()), Math.min(sourceLine.length(), start + MAX_WIDTH)));
        int caret = column - 1 - start;
        int marks = Math.clamp(width, 1, Math.max(1, shown.length() - caret));
        String number = Integer.toString(line);
        return number + " | " + shown + "\n" + " ".repeat(number.length()) + " | " + " ".repeat(caret)
                + "^".repeat(marks);
    }

    /** One character each, so that the caret stays in its column. */
    private static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            shown.append(c == '\t' ? '→' : Character.isISOControl(c) ? '�' : c);
        }
        return shown.toString();
    }
}
