package io.muster.agent;

import io.muster.launch.ExitCode;
import io.muster.launch.OwnProcesses;
import io.muster.launch.QuickExit;
import io.muster.supervisor.JobOutcome;
import io.muster.supervisor.SupervisorMain;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A job whose supervisor runs on this node. */
final class RunningJob {
    private static final Duration ACCEPT_DEADLINE = Duration.ofSeconds(30);

    /** Between the end of the pipe and that of the process lies a moment. */
    private static final Duration LEAVE_DEADLINE = Duration.ofSeconds(5);

    private static final int MAX_LOG_IN_MESSAGE = 2000;

    private final JobFolder folder;
    private final Process supervisor;
    private final AtomicBoolean endsSoon = new AtomicBoolean();

    RunningJob(JobFolder folder, Process supervisor) {
        this.folder = folder;
        this.supervisor = supervisor;
    }

    /** Has a supervisor run a job, a spare one where there is one; returns when it has accepted. */
    static RunningJob start(JobFolder folder, SupervisorCommand command, SpareSupervisor spare) throws IOException {
        Optional<Process> waiting = spare.take(folder.supervisorLog()).filter(taken -> tell(taken, folder));
        Process process = waiting.isPresent() ? waiting.get() : OwnProcesses.start(command.of(folder));
        RunningJob job = new RunningJob(folder, process);
        job.awaitAccepted(ACCEPT_DEADLINE);
        return job;
    }

    private static boolean tell(Process waiting, JobFolder folder) {
        try {
            BufferedWriter orders = waiting.outputWriter(StandardCharsets.UTF_8);
            orders.write(SupervisorMain.RUN + folder.path() + "\n");
            orders.flush();
            return true;
        } catch (IOException e) {
            // It has just ended.
            waiting.destroyForcibly();
            return false;
        }
    }

    void awaitAccepted(Duration deadline) throws IOException {
        // The reader stays open: closing it would close the pipe that the supervisor's prints go to.
        BufferedReader said = supervisor.inputReader(StandardCharsets.UTF_8);
        CompletableFuture<String> first = new CompletableFuture<>();
        Thread.ofVirtual().name("supervisor-" + folder.jobId()).start(() -> {
            first.complete(line(said));
            if (line(said).equals(SupervisorMain.OVER) && QuickExit.isAllowed()) {
                // By itself it would take the third of a second that a JVM waits for its threads.
                supervisor.destroyForcibly();
            }
        });
        String how = " did not start";
        try {
            if (SupervisorMain.ACCEPTED.equals(first.get(deadline.toMillis(), TimeUnit.MILLISECONDS))) {
                return;
            }
        } catch (TimeoutException e) {
            how = " did not start within " + deadline.toSeconds() + " s";
        } catch (ExecutionException e) {
            throw new IllegalStateException("the first line cannot fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            how = " was not waited for";
        }
        supervisor.destroyForcibly();
        throw new IOException("the supervisor of job " + folder.jobId() + how + logTail());
    }

    /** Empty when there is none. */
    private static String line(BufferedReader said) {
        try {
            String line = said.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            // The pipe of a process that was killed may break instead of end.
            return "";
        }
    }

    /** What the supervisor said last, to go behind a message. */
    private String logTail() throws IOException {
        String log = Files.exists(folder.supervisorLog()) ? Files.readString(folder.supervisorLog()) : "";
        String tail =
                log.substring(Math.max(0, log.length() - MAX_LOG_IN_MESSAGE)).strip();
        return tail.isEmpty() ? "" : ": " + tail;
    }

    /**
     * Waits for the supervisor's end.
     *
     * @return the outcome of the job when its journal has none
     */
    JobOutcome awaitEnd() throws InterruptedException {
        int exitCode = supervisor.waitFor();
        String said;
        try {
            said = logTail();
        } catch (IOException e) {
            said = "; its log cannot be read: " + e.getMessage();
        }
        return JobOutcome.infrastructure("supervisor died (" + ExitCode.describe(exitCode) + ")" + said);
    }

    /**
     * Asks the supervisor to end the job, and ends it by force when it has not done so in time. One that has just gone
     * is no failure.
     *
     * @param patience more than a supervisor takes whose nodes do not answer
     */
    void cancel(String reason, Duration patience) throws IOException {
        if (endsSoon.compareAndSet(false, true)) {
            Thread.ofVirtual().name("end-" + folder.jobId()).start(() -> endAfter(patience));
        }
        // Not closed: the end of this pipe tells the supervisor that its agent is gone.
        BufferedWriter orders = supervisor.outputWriter(StandardCharsets.UTF_8);
        try {
            orders.write(SupervisorMain.CANCEL + reason.replace('\n', ' ') + "\n");
            orders.flush();
        } catch (IOException e) {
            if (!leaves()) {
                throw e;
            }
        }
    }

    private void endAfter(Duration patience) {
        try {
            if (!supervisor.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                supervisor.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean leaves() {
        try {
            return supervisor.waitFor(LEAVE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
