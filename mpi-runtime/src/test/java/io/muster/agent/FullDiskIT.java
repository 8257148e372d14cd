package io.muster.agent;

import static io.muster.agent.TestCluster.sh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.supervisor.JobOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the head node is full when a job ends: it has an end all the same, and those who wait hear of it. */
@Timeout(120)
final class FullDiskIT {
    @TempDir(cleanup = CleanupMode.NEVER)
    Path folder;

    private boolean mounted;
    private TestCluster cluster;
    private Path job;

    @BeforeEach
    void start_a_job_on_a_small_disk() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("n0"));
        mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "muster-test", disk.toString());
        assumeTrue(mounted, "mounting a disk needs root");
        cluster = TestCluster.start(folder, 1);
        job = disk.resolve(".muster/node/agent/jobs").resolve(cluster.id("job"));
    }

    @AfterEach
    void stop() throws Exception {
        if (mounted) {
            // Its folder can be removed then; the agent still has the disk until it is ended.
            assertThat(succeeds("umount", "-l", folder.resolve("n0").toString()))
                    .isTrue();
            cluster.close();
        }
    }

    @Test
    void room_for_the_end_is_reserved() throws IOException {
        assertThat(endOnFullDisk(false).cause()).startsWith("supervisor died");
        assertThat(job.resolve("outcome")).exists();
    }

    @Test
    void without_any_room_the_end_is_told_from_memory_and_written_down_later() throws IOException {
        assertThat(endOnFullDisk(true).cause()).startsWith("supervisor died");
        assertThat(job.resolve("outcome")).doesNotExist();
        try (AgentClient head = cluster.client(0)) {
            assertThat(head.jobs().getFirst().outcome()).isPresent();
            Files.delete(folder.resolve("n0/fill"));
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(job.resolve("outcome")));
            assertThat(cluster.follow(head, "job").outcome().kind()).isEqualTo(JobOutcome.Kind.FAILED);
        }
    }

    /** What the job prints at its end is more than what a full disk still has room for, in pieces that are small. */
    private JobOutcome endOnFullDisk(boolean withoutReserve) throws IOException {
        Path flag = folder.resolve("flag");
        try (AgentClient head = cluster.client(0)) {
            head.submit(
                    cluster.order("job", sh("echo up; while [ ! -e " + flag + " ]; do sleep 0.1; done; seq 20000"), 1));
            cluster.awaitOutput(head, "job", 0);
            if (withoutReserve) {
                Files.delete(job.resolve("reserve"));
            }
            fill(folder.resolve("n0/fill"));
            Files.createFile(flag);
            return cluster.follow(head, "job").outcome();
        }
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int kib = 0; kib < 2048; kib++) {
                out.write(new byte[1024]);
            }
        } catch (IOException full) {
            return;
        }
        throw new IOException("the disk does not get full");
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
