package io.muster.spec;

/** One line of a file with a caret under the text that is meant. */
final class SourceExcerpt {
    private static final int MAX_WIDTH = 100;

    private SourceExcerpt() {}

    /** The line and the carets below it, two lines; columns and widths in Unicode characters. */
    static String of(int line, int column, int width, String sourceLine) {
        int[] points = sourceLine.codePoints().toArray();
        int start = Math.max(0, column - 1 - MAX_WIDTH / 2);
        int end = Math.min(points.length, start + MAX_WIDTH);
        StringBuilder shown = new StringBuilder();
        for (int i = start; i < end; i++) {
            shown.appendCodePoint(visible(points[i]));
        }
        int caret = column - 1 - start;
        int marks = Math.clamp(width, 1, Math.max(1, end - start - caret));
        String number = Integer.toString(line);
        return number + " | " + shown + "\n" + " ".repeat(number.length()) + " | " + " ".repeat(caret)
                + "^".repeat(marks);
    }

    /** One character for each, so that the caret stays in its column. */
    private static int visible(int point) {
        if (point == '\t') {
            return '→';
        }
        return Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? '�' : point;
    }
}
