package io.muster.cli.screen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds out whether an output stream of this process is a terminal. */
public final class Terminals {
    private Terminals() {}

    /** Kind of a file descriptor of this process: 1 for stdout, 2 for stderr. */
    public static Destination.Kind kindOf(int descriptor, Map<String, String> environment) {
        if (environment.getOrDefault("TERM", "dumb").equals("dumb")) {
            return Destination.Kind.PLAIN;
        }
        return isTerminal(descriptor) ? Destination.Kind.TERMINAL : Destination.Kind.PLAIN;
    }

    // The link costs less at start-up than isatty through a foreign call, and unlike the console it is per stream.
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            // No such file system, or a descriptor that is closed.
            return false;
        }
    }
}
