package io.muster.agent;

import io.muster.supervisor.JobOrder;
import io.muster.supervisor.JobOutcome;
import io.muster.supervisor.Journal;
import io.muster.supervisor.SupervisorMain;
import io.muster.wire.RecordCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a node keeps of a job: {@code work/} that its ranks work in, and on the head node {@code order},
 * {@code journal}, {@code outcome} and {@code supervisor.log}.
 */
record JobFolder(String jobId, Path path) {
    private static final RecordCodec<JobOutcome> OUTCOMES = RecordCodec.of(JobOutcome.class);

    Path work() {
        return path.resolve("work");
    }

    Path journal() {
        return path.resolve(SupervisorMain.JOURNAL_FILE);
    }

    Path supervisorLog() {
        return path.resolve("supervisor.log");
    }

    /** Whether this node is or was the job's head. */
    boolean isHead() {
        return Files.exists(path.resolve(SupervisorMain.ORDER_FILE));
    }

    void createWork() throws IOException {
        Files.createDirectories(work());
    }

    void writeOrder(JobOrder order) throws IOException {
        Files.write(path.resolve(SupervisorMain.ORDER_FILE), SupervisorMain.ORDERS.encode(order));
    }

    JobOrder order() throws IOException {
        return SupervisorMain.ORDERS.decode(Files.readAllBytes(path.resolve(SupervisorMain.ORDER_FILE)));
    }

    Optional<JobOutcome> outcome() throws IOException {
        Path file = path.resolve("outcome");
        return Files.exists(file) ? Optional.of(OUTCOMES.decode(Files.readAllBytes(file))) : Optional.empty();
    }

    /** Makes sure that the journal has an end and that the outcome is known. */
    JobOutcome close(JobOutcome otherwise) throws IOException {
        JobOutcome outcome = Journal.close(journal(), otherwise);
        AtomicFile.write(path.resolve("outcome"), OUTCOMES.encode(outcome));
        return outcome;
    }
}
