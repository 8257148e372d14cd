package io.muster.provider.cloud.standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command of this machine, run to its end. */
final class Command {
    private Command() {}

    /** What it printed on standard output; fails with what it said otherwise. */
    static String run(String... words) {
        try {
            Process process = new ProcessBuilder(List.of(words))
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", words) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", words) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(String.join(" ", words) + ": interrupted", e);
        }
    }
}
