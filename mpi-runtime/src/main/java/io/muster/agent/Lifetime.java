package io.muster.agent;

import io.muster.launch.OwnProcesses;
import io.muster.wire.RecordCodec;
import io.muster.wire.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends the node when its time is over. The manager says when and how; it stands in a file and a copy of it, so that it
 * also holds when the agent starts anew, no manager is there any more and one of the two is damaged.
 */
final class Lifetime {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);
    private static final int COMMAND_DEADLINE_S = 60;

    private static final RecordCodec<End> ENDS = RecordCodec.of(End.class);

    private final List<RecordFile<End>> copies;
    private final List<Path> files;
    private final Runnable endAgent;
    private final Consumer<String> log;
    private @Nullable Thread waiting;

    /** {@code endAgent} ends the agent, and with it all jobs on this node. */
    Lifetime(Path folder, Runnable endAgent, Consumer<String> log) {
        this.files = List.of(folder.resolve("lifetime"), folder.resolve("lifetime.copy"));
        this.copies = files.stream().map(file -> new RecordFile<>(file, ENDS)).toList();
        this.endAgent = endAgent;
        this.log = log;
    }

    /**
     * What the manager said.
     *
     * @param command for the node's shell; may be empty
     */
    private record End(long atMillis, String command) {}

    /** Goes on with what an agent before was told. */
    synchronized void resume() throws IOException {
        for (RecordFile<End> copy : copies) {
            Optional<End> end = copy.find(log);
            if (end.isPresent()) {
                set(end.get().atMillis(), end.get().command());
                return;
            }
        }
    }

    /** From now on this holds, and what was said before no more; 0 stands for no end. */
    synchronized void set(long endsAtMillis, String command) throws IOException {
        if (waiting != null) {
            waiting.interrupt();
            waiting = null;
        }
        if (endsAtMillis == 0) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } else {
            for (RecordFile<End> copy : copies) {
                copy.write(new End(endsAtMillis, command));
            }
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
                Process process = OwnProcesses.start(new ProcessBuilder("/bin/sh", "-c", command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD));
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
