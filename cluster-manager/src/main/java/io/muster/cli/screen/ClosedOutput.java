package io.muster.cli.screen;

/** Nobody reads stdout any more, as after {@code | head}: the command ends without a word. */
public final class ClosedOutput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClosedOutput(Exception cause) {
        super("stdout is closed", cause);
    }
}
