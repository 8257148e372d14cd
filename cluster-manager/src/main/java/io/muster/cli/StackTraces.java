package io.muster.cli;

/** Stack traces as text, with causes and suppressed failures. */
final class StackTraces {
    private static final int MAX_DEPTH = 10;

    private StackTraces() {}

    static String text(Throwable failure) {
        StringBuilder text = new StringBuilder();
        append(text, "", failure, 0);
        return text.toString().stripTrailing();
    }

    private static void append(StringBuilder text, String label, Throwable failure, int depth) {
        String indent = "  ".repeat(depth);
        text.append(indent).append(label).append(failure).append('\n');
        for (StackTraceElement element : failure.getStackTrace()) {
            text.append(indent).append("  at ").append(element).append('\n');
        }
        if (depth == MAX_DEPTH) {
            return;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            append(text, "beside: ", suppressed, depth + 1);
        }
        if (failure.getCause() != null) {
            append(text, "caused by: ", failure.getCause(), depth + 1);
        }
    }
}
