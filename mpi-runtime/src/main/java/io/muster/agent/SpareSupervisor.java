package io.muster.agent;

import io.muster.launch.OwnProcesses;
import io.muster.launch.QuickExit;
import io.muster.supervisor.JobNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor that waits for its job. A node that was the head of one job is likely to be that of the next, and half
 * of what a short job takes is the start of its supervisor. It holds some 50 MiB, and ends after ten minutes, or with
 * the agent. Thread-safe.
 */
final class SpareSupervisor {
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final SupervisorCommand command;
    private final Path log;
    private final Consumer<String> agentLog;
    private @Nullable Process waiting;

    /**
     * @param log where it writes errors until it has a job
     */
    SpareSupervisor(SupervisorCommand command, Path log, Consumer<String> agentLog) {
        this.command = command;
        this.log = log;
        this.agentLog = agentLog;
    }

    /**
     * Starts one unless there is one; does not wait for it.
     *
     * @param self this node
     */
    synchronized void prepare(JobNode self) {
        boolean there = waiting != null && waiting.isAlive();
        // What the build records of a supervisor is the start of one that has its job.
        if (there || !QuickExit.isAllowed()) {
            return;
        }
        try {
            Process started = OwnProcesses.start(
                    command.spare(self.address(), self.agentPort()).redirectError(log.toFile()));
            waiting = started;
            Thread.ofVirtual().name("spare-supervisor").start(() -> endInTime(started));
        } catch (IOException e) {
            agentLog.accept("no spare supervisor: " + e.getMessage());
        }
    }

    /**
     * Gives out the one that waits.
     *
     * @param jobLog where its errors go from now on
     */
    synchronized Optional<Process> take(Path jobLog) {
        Process taken = waiting;
        waiting = null;
        if (taken == null || !taken.isAlive()) {
            return Optional.empty();
        }
        try {
            Files.move(log, jobLog);
            return Optional.of(taken);
        } catch (IOException e) {
            taken.destroyForcibly();
            return Optional.empty();
        }
    }

    private void endInTime(Process started) {
        try {
            if (started.waitFor(KEPT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (started.equals(waiting)) {
                waiting = null;
                started.destroyForcibly();
            }
        }
    }
}
