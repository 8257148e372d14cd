package io.muster.cli.resident;

/** The kinds of what the two processes tell each other; each a byte, and a number that says more. */
final class Frame {
    /** To the command: the order will be run as soon as it says {@link #GO}. */
    static final byte TAKEN = 1;

    /** To the command: it has to run by itself. */
    static final byte REFUSED = 2;

    /** To the command: so many bytes follow, for stdout. */
    static final byte OUT = 3;

    /** To the command: so many bytes follow, for stderr. */
    static final byte ERR = 4;

    /** To the command: the number is the exit code. */
    static final byte EXIT = 5;

    /** To the command: still here. */
    static final byte ALIVE = 6;

    /** From the command: the user wants out. */
    static final byte INTERRUPT = 7;

    /** From the command: nobody reads stdout any more. */
    static final byte OUT_CLOSED = 8;

    /** From the command: from now on it counts on the order being run. */
    static final byte GO = 9;

    private Frame() {}
}
