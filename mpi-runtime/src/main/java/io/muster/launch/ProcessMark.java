package io.muster.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An environment variable that every descendant of a process inherits, however it detaches itself. Whoever carries it
 * belongs to the mark's owner and ends with it.
 *
 * @param variable name of the variable
 * @param value random, so that nobody carries it by accident
 */
public record ProcessMark(String variable, String value) {
    private static final String PREFIX = "MUSTER_MARK_";
    private static final int RANDOM_BYTES = 16;
    private static final Duration BETWEEN_PASSES = Duration.ofMillis(5);

    /**
     * Makes a new mark.
     *
     * @param kind what owns it: {@code AGENT}, {@code JOB}, {@code NODE}; upper case
     */
    public static ProcessMark random(String kind) {
        return new ProcessMark(PREFIX + kind, HexFormat.of().formatHex(RandomBytes.of(RANDOM_BYTES)));
    }

    /** Marks what will be started with these variables. */
    public void putInto(Map<String, String> environment) {
        environment.put(variable, value);
    }

    /** The variable as it stands in the environment: {@code NAME=value}. */
    public String text() {
        return variable + "=" + value;
    }

    /** Process ids of all that carry the mark and are alive, without this process. */
    public List<Long> find() {
        byte[] wanted = text().getBytes(StandardCharsets.US_ASCII);
        long self = ProcessHandle.current().pid();
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid != self && carries(process, wanted)) {
                    found.add(pid);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new IllegalStateException("/proc cannot be read; Muster needs it to end processes", e);
        }
        return found;
    }

    /**
     * Ends all that carry the mark with SIGKILL, and looks again until none is left.
     *
     * @return the ids that are still there when the deadline has passed; empty when all are gone
     */
    public List<Long> killAll(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            List<Long> found = find();
            if (found.isEmpty() || System.nanoTime() - end > 0) {
                return found;
            }
            for (long pid : found) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN_PASSES.toMillis()));
        }
    }

    /** Asks all that carry the mark to end, with SIGTERM. */
    public void terminateAll() {
        for (long pid : find()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    private static boolean carries(Path process, byte[] wanted) {
        byte[] environment;
        try {
            environment = Files.readAllBytes(process.resolve("environ"));
        } catch (IOException e) {
            // Gone by now, or of another user: not ours either way.
            return false;
        }
        for (int start = 0; start + wanted.length <= environment.length; start++) {
            boolean begins = start == 0 || environment[start - 1] == 0;
            if (begins && matches(environment, start, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] environment, int start, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (environment[start + i] != wanted[i]) {
                return false;
            }
        }
        return start + wanted.length == environment.length || environment[start + wanted.length] == 0;
    }
}
