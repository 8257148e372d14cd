package io.muster.launch;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A shell that outlives its owner by a moment. It reads a pipe that the owner holds; when that ends, whichever way the
 * owner went, it kills every process that carries the owner's mark, removes the folders it was given, and is gone.
 * While the owner lives, a guardian that somebody killed is replaced. Thread-safe.
 *
 * <p>The shell carries no mark itself, so that the guardian of an outer owner leaves it to finish.
 */
public final class Guardian implements AutoCloseable {
    private static final String DISMISSED = "dismissed\n";
    private static final Duration LEAVE_DEADLINE = Duration.ofSeconds(2);
    private static final int MAX_RESTARTS = 100;

    /** Only what any shell and busybox have. Two passes in a row that find nobody have got also those just forking. */
    private static final String SCRIPT = """
            trap '' HUP INT TERM QUIT
            cd /
            mark=$1; shift
            while read -r word; do [ "$word" = dismissed ] && exit 0; done
            clean=0 pass=0
            while [ $clean -lt 2 ] && [ $pass -lt 400 ]; do
              pass=$((pass + 1))
              found=$(grep -lsF "$mark" /proc/[0-9]*/environ)
              if [ -z "$found" ]; then clean=$((clean + 1)); continue; fi
              clean=0
              for file in $found; do
                pid=${file#/proc/}
                kill -9 "${pid%/environ}" 2>/dev/null
              done
              sleep 0.02 2>/dev/null || sleep 1
            done
            for folder in "$@"; do rm -rf -- "$folder"; done
            """;

    private final List<String> command;
    private final Consumer<String> log;
    private @Nullable Process shell;
    private int restarts;
    private boolean dismissed;

    private Guardian(List<String> command, Consumer<String> log) {
        this.command = command;
        this.log = log;
    }

    /**
     * Starts a guardian for this process.
     *
     * @param mark who has to go when this process is gone
     * @param folders what to remove then, with all that is in it
     * @param log gets a sentence when something is not as it should be
     */
    public static Guardian start(ProcessMark mark, List<Path> folders, Consumer<String> log) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "muster-guardian", mark.text()));
        folders.forEach(folder -> command.add(folder.toAbsolutePath().toString()));
        Guardian guardian = new Guardian(command, log);
        guardian.startShell();
        return guardian;
    }

    private synchronized void startShell() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        String path = builder.environment().get("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path == null ? "/usr/bin:/bin" : path);
        Process started = OwnProcesses.start(builder);
        shell = started;
        Thread.ofVirtual().name("guardian-watch").start(() -> watch(started));
    }

    private void watch(Process process) {
        try {
            process.waitFor();
            gone(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void gone(Process process) {
        if (dismissed) {
            return;
        }
        restarts++;
        if (restarts > MAX_RESTARTS) {
            log.accept("the guardian was killed " + restarts + " times; going on without one");
            return;
        }
        log.accept("the guardian (pid " + process.pid() + ") was killed; starting another");
        try {
            startShell();
        } catch (IOException e) {
            log.accept("cannot start a guardian: " + e.getMessage());
        }
    }

    /** Process id of the shell. */
    public synchronized long pid() {
        return shell == null ? -1 : shell.pid();
    }

    /** Sends the guardian away, with nothing killed and nothing removed: the owner did that itself. */
    @Override
    public void close() {
        Process leaving;
        synchronized (this) {
            dismissed = true;
            leaving = shell;
            shell = null;
        }
        if (leaving == null) {
            return;
        }
        try (OutputStream pipe = leaving.getOutputStream()) {
            pipe.write(DISMISSED.getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
            if (!leaving.waitFor(LEAVE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                leaving.destroyForcibly();
            }
        } catch (IOException e) {
            // The pipe breaks when the guardian was killed, which is what we want.
            leaving.destroyForcibly();
        } catch (InterruptedException e) {
            leaving.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
