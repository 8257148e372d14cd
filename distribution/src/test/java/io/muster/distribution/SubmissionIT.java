package io.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.distribution.MusterCommand.Result;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A submission that breaks off leaves nothing of its job on any node, and an end of it in the store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SubmissionIT {
    private static final int INPUT_BYTES = 8 << 20;
    private static final int ROOM_BYTES = 2 << 20;

    @TempDir
    static Path temp;

    private MusterCommand muster = new MusterCommand(Path.of("target"));
    private boolean hasDiskOfItsOwn;

    @BeforeAll
    void up() throws IOException {
        muster = new MusterCommand(temp);
        Files.createDirectories(nodes());
        hasDiskOfItsOwn = succeeds("mount", "-t", "tmpfs", "-o", "size=2g", "muster-test", nodes().toString());
        muster.file("sub.yaml", "cluster: sub\nprovider: local\nnodes:\n  count: 2\n  slots: 1\n");
        Result up = muster.run("up", "sub.yaml");
        assertThat(up.exit()).as(up.toString()).isZero();
    }

    @AfterAll
    void down() {
        try {
            Result down = muster.run("down", "sub");
            assertThat(down.exit()).as(down.toString()).isZero();
            assertThat(muster.leftOvers()).isEmpty();
        } finally {
            if (hasDiskOfItsOwn) {
                assertThat(succeeds("umount", nodes().toString())).as("umount").isTrue();
            }
        }
    }

    @Test
    void a_full_disk_ends_the_submission_and_the_next_job_runs() throws IOException {
        assumeTrue(hasDiskOfItsOwn, "no right to mount a small disk: run as root");
        Files.write(muster.folder().resolve("large.bin"), new byte[INPUT_BYTES]);
        FileStore disk = Files.getFileStore(nodes());
        List<Path> before = jobFolders();
        long used = disk.getTotalSpace() - disk.getUsableSpace();
        assertThat(resize(used + ROOM_BYTES)).isTrue();
        try {
            Result run = muster.run("run", "sub", "-n", "2", "--in", "large.bin", "--", "true");
            assertThat(run.exit()).as(run.toString()).isEqualTo(3);
            assertThat(run.err()).contains("no space left", "large.bin");
            assertThat(jobFolders()).isEqualTo(before);
            Result next = muster.run("run", "sub", "-n", "2", "--", "true");
            assertThat(next.exit()).as(next.toString()).isZero();
        } finally {
            assertThat(resize(2L << 30)).isTrue();
        }
    }

    @Test
    void a_node_that_cannot_take_the_files_has_them_removed_from_the_others() throws IOException {
        muster.file("small.txt", "small\n");
        List<Path> before = jobFolders();
        Path jobs = agentFolder("sub-2").resolve("jobs");
        Path away = jobs.resolveSibling("jobs-away");
        Files.move(jobs, away);
        Files.createFile(jobs);
        try {
            Result run = muster.run("run", "sub", "-n", "2", "--in", "small.txt", "--", "true");
            assertThat(run.exit()).as(run.toString()).isEqualTo(3);
        } finally {
            Files.delete(jobs);
            Files.move(away, jobs);
        }
        assertThat(jobFolders()).isEqualTo(before);
        assertThat(muster.run("jobs", "sub").out()).contains("failed");
    }

    @Test
    void an_interrupt_while_the_supervisor_starts_leaves_nothing_running() {
        Result submits = muster.startCommand(List.of(
                        MusterCommand.DIST.resolve("runtime/bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dmuster.dist=" + MusterCommand.DIST,
                        "-cp",
                        MusterCommand.managerJar() + ":"
                                + Path.of("target", "test-classes").toAbsolutePath(),
                        "io.muster.distribution.programs.InterruptedSubmit",
                        muster.home().toString(),
                        "sub",
                        "0",
                        "20",
                        "100",
                        "300",
                        "600"))
                .await();
        assertThat(submits.exit()).as(submits.toString()).isZero();
        assertThat(submits.out().lines()).as(submits.toString()).hasSize(5);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(muster.processesOfJobs())
                        .noneMatch(process -> process.contains("Supervisor") || process.contains("sleep 600")));
        assertThat(muster.run("jobs", "sub").out())
                .as(submits.toString())
                .contains("cancelled")
                .doesNotContain("running", "submitting", "staging");
    }

    /** Folders of jobs on the nodes. */
    private List<Path> jobFolders() throws IOException {
        return Stream.of("sub-1", "sub-2")
                .map(node -> agentFolder(node).resolve("jobs"))
                .flatMap(SubmissionIT::entries)
                .sorted()
                .toList();
    }

    private static Stream<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path agentFolder(String node) {
        return nodes().resolve("sub").resolve(node).resolve("home/.muster/node/agent");
    }

    private Path nodes() {
        return muster.home().resolve("local");
    }

    private boolean resize(long bytes) {
        return succeeds("mount", "-o", "remount,size=" + bytes, nodes().toString());
    }

    private boolean succeeds(String... command) {
        return muster.startCommand(List.of(command)).await().exit() == 0;
    }
}
