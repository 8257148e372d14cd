package io.muster.spec;

/** Text of a user made safe for one line of a message: control characters shown, length bounded. */
final class Printable {
    private static final int MAX_CHARACTERS = 60;

    private Printable() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(MAX_CHARACTERS).forEach(point -> {
            boolean visible = !Character.isISOControl(point)
                    && Character.getType(point) != Character.FORMAT
                    && Character.getType(point) != Character.SURROGATE;
            if (visible) {
                shown.appendCodePoint(point);
            } else {
                shown.append(String.format("\\u%04x", point));
            }
        });
        return text.codePointCount(0, text.length()) > MAX_CHARACTERS ? shown + "…" : shown.toString();
    }
}
