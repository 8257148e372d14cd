package io.muster.cli;

/** Exit codes of the command beside a job's own. */
final class ExitCode {
    static final int DONE = 0;
    static final int WRONG_INPUT = 2;
    static final int INFRASTRUCTURE = 3;
    static final int INTERRUPTED = 130;
    static final int TERMINATED = 143;

    private ExitCode() {}
}
