package io.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.supervisor.JobOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an agent makes of a supervisor that does not do its work; shells stand for it. */
@Timeout(60)
final class RunningJobTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private JobFolder job;
    private Process supervisor;

    @BeforeEach
    void supervise() throws IOException {
        job = new JobFolder("job", folder);
        supervisor = start("exit 0");
    }

    @AfterEach
    void end() {
        supervisor.destroyForcibly();
    }

    private Process start(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script)
                .redirectError(job.supervisorLog().toFile())
                .start();
    }

    @Test
    void a_supervisor_that_never_accepts_is_killed_and_its_log_shown() throws Exception {
        supervisor = start("echo stuck in the mud >&2; exec sleep 1000");
        assertThatThrownBy(() -> new RunningJob(job, supervisor).awaitAccepted(Duration.ofSeconds(2)))
                .hasMessageContaining("within 2 s")
                .hasMessageContaining("stuck in the mud");
        assertThat(supervisor.waitFor()).isEqualTo(137);
    }

    @Test
    void a_supervisor_that_dies_before_it_accepts_has_its_log_shown() throws Exception {
        supervisor = start("echo no such order >&2; exit 1");
        assertThatThrownBy(() -> new RunningJob(job, supervisor).awaitAccepted(LONG))
                .hasMessageContaining("did not start: no such order");
    }

    @Test
    void a_supervisor_that_dies_later_has_its_log_in_the_cause() throws Exception {
        supervisor = start("echo accepted; echo the disk is full >&2; exit 1");
        RunningJob running = new RunningJob(job, supervisor);
        running.awaitAccepted(LONG);
        assertThat(running.awaitEnd())
                .isEqualTo(JobOutcome.infrastructure("supervisor died (exit code 1): the disk is full"));
    }

    @Test
    void a_cancel_that_comes_just_after_the_end_does_nothing() throws Exception {
        supervisor.waitFor();
        RunningJob running = new RunningJob(job, supervisor);
        assertThatCode(() -> running.cancel("enough", LONG)).doesNotThrowAnyException();
    }

    @Test
    void a_cancel_that_finds_the_pipe_broken_waits_for_the_end() throws Exception {
        supervisor = start("exec <&-; echo closed; sleep 1");
        RunningJob running = new RunningJob(job, supervisor);
        assertThat(supervisor.inputReader().readLine()).isEqualTo("closed");
        assertThatCode(() -> running.cancel("enough", LONG)).doesNotThrowAnyException();
        assertThat(supervisor.isAlive()).isFalse();
    }

    @Test
    void a_supervisor_that_does_not_obey_a_cancel_is_killed() throws Exception {
        supervisor = start("exec sleep 1000");
        RunningJob running = new RunningJob(job, supervisor);
        running.cancel("enough", Duration.ofMillis(200));
        running.cancel("enough, I say", LONG);
        assertThat(running.awaitEnd()).isEqualTo(JobOutcome.infrastructure("supervisor died (signal 9 (KILL))"));
    }
}
