package io.muster.agent;

import io.muster.supervisor.JobOrder;
import io.muster.supervisor.JobOutcome;
import io.muster.supervisor.Journal;
import io.muster.supervisor.SupervisorMain;
import io.muster.wire.RecordCodec;
import io.muster.wire.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a node keeps of a job: {@code work/} that its ranks work in, and on the head node {@code order},
 * {@code journal}, {@code outcome} and {@code supervisor.log}.
 */
record JobFolder(String jobId, Path path) {
    private static final RecordCodec<JobOutcome> OUTCOMES = RecordCodec.of(JobOutcome.class);

    /** Room for the end of the journal and the outcome on a disk that the job has filled. */
    private static final int RESERVE_BYTES = 64 << 10;

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
        return order().exists();
    }

    void createWork() throws IOException {
        Files.createDirectories(work());
    }

    /** Makes this node the head of the job. */
    void writeOrder(JobOrder order) throws IOException {
        Files.write(reserve(), new byte[RESERVE_BYTES]);
        order().write(order);
    }

    /** Number of ranks; 0 when the order can no longer be read. */
    int ranks() {
        try {
            return order().read().size();
        } catch (IOException e) {
            return 0;
        }
    }

    /** How the job ended, as it is written down; one that cannot be read is set aside and told to {@code log}. */
    Optional<JobOutcome> outcome(Consumer<String> log) throws IOException {
        return outcomeFile().find(log);
    }

    /** Makes sure that the journal has an end and that the outcome is written down. */
    JobOutcome close(JobOutcome otherwise) throws IOException {
        Files.deleteIfExists(reserve());
        JobOutcome outcome = Journal.close(journal(), otherwise);
        outcomeFile().write(outcome);
        return outcome;
    }

    private RecordFile<JobOrder> order() {
        return SupervisorMain.order(path);
    }

    private RecordFile<JobOutcome> outcomeFile() {
        return new RecordFile<>(path.resolve("outcome"), OUTCOMES);
    }

    private Path reserve() {
        return path.resolve("reserve");
    }
}
