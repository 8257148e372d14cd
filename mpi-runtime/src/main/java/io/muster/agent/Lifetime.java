package io.muster.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends the node when its time is over. The manager says when and how; it stands in a file, so that it also holds when
 * the agent starts anew and no manager is there any more.
 */
final class Lifetime {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);
    private static final int COMMAND_DEADLINE_S = 60;

    private final Path file;
    private final Runnable endAgent;
    private final Consumer<String> log;
    private @Nullable Thread waiting;

    /** {@code endAgent} ends the agent, and with it all jobs on this node. */
    Lifetime(Path folder, Runnable endAgent, Consumer<String> log) {
        this.file = folder.resolve("lifetime");
        this.endAgent = endAgent;
        this.log = log;
    }

    /** Goes on with what an agent before was told. */
    synchronized void resume() throws IOException {
        if (Files.exists(file)) {
            String[] parts = Files.readString(file).split("\n", 2);
            wait(Instant.ofEpochMilli(Long.parseLong(parts[0].strip())), parts[1]);
        }
    }

    /** From now on this holds, and what was said before no more; 0 stands for no end. */
    synchronized void set(long endsAtMillis, String command) throws IOException {
        if (waiting != null) {
            waiting.interrupt();
            waiting = null;
        }
        if (endsAtMillis == 0) {
            Files.deleteIfExists(file);
        } else {
            AtomicFile.write(file, (endsAtMillis + "\n" + command).getBytes(StandardCharsets.UTF_8));
            wait(Instant.ofEpochMilli(endsAtMillis), command);
        }
    }

    private void wait(Instant end, String command) {
        waiting = Thread.ofVirtual().name("lifetime").start(() -> {
            try {
                // In pieces: the clock may be set meanwhile.
                for (Duration left = left(end); left.isPositive(); left = left(end)) {
                    Thread.sleep(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
                }
                endNode(end, command);
            } catch (InterruptedException e) {
                log.accept("the lifetime until " + end + " does not hold any more");
            }
        });
    }

    private void endNode(Instant end, String command) throws InterruptedException {
        log.accept("the lifetime of this node ended at " + end + ": ending it");
        try {
            if (!command.isEmpty()) {
                Process process = new ProcessBuilder("/bin/sh", "-c", command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                boolean ended = process.waitFor(COMMAND_DEADLINE_S, TimeUnit.SECONDS);
                log.accept("'" + command + "' "
                        + (ended ? "gave " + process.exitValue() : "did not end in " + COMMAND_DEADLINE_S + " s"));
            }
        } catch (IOException e) {
            log.accept("'" + command + "' cannot be run: " + e.getMessage());
        }
        endAgent.run();
    }

    private static Duration left(Instant end) {
        return Duration.between(Instant.now(), end);
    }
}
