package io.muster.bootstrap.ssh;

/**
 * How a command on a node ended.
 *
 * @param exit exit code; 255 when a signal ended the command
 * @param stdout standard output, at most {@value SshSession#MAX_OUTPUT_BYTES} bytes of it
 * @param stderr error output, likewise
 */
public record CommandResult(int exit, String stdout, String stderr) {
    /** Whether the exit code is 0. */
    public boolean succeeded() {
        return exit == 0;
    }
}
