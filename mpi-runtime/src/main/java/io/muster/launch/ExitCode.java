package io.muster.launch;

import java.util.Map;

/** What an exit code says. */
public final class ExitCode {
    private static final int SIGNALLED = 128;
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "HUP", 2, "INT", 3, "QUIT", 4, "ILL", 6, "ABRT", 8, "FPE", 9, "KILL", 11, "SEGV", 13, "PIPE", 15,
            "TERM");

    private ExitCode() {}

    /** In words: {@code exit code 3}, or {@code signal 9 (KILL)} for 137. */
    public static String describe(int exitCode) {
        int signal = exitCode - SIGNALLED;
        if (signal <= 0 || signal > 64) {
            return "exit code " + exitCode;
        }
        String name = SIGNALS.get(signal);
        return "signal " + signal + (name == null ? "" : " (" + name + ")");
    }
}
