package io.muster.cli.screen;

import java.io.OutputStream;

/**
 * Where one of the two output streams goes.
 *
 * @param stream unbuffered; never closed here
 * @param kind what is at its other end
 */
public record Destination(OutputStream stream, Kind kind) {
    /** What is at the other end of a stream. */
    public enum Kind {
        TERMINAL,
        /** A file, a pipe, or a terminal that cannot move its cursor. */
        PLAIN
    }
}
