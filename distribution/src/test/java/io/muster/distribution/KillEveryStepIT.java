package io.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.distribution.MusterCommand.Result;
import io.muster.distribution.MusterCommand.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After kill -9 of the manager at any step of up or down, the same command completes, and down leaves nothing. */
final class KillEveryStepIT {
    private static final int MAX_STEPS = 200;
    private static final int RANDOM_KILLS = 5;

    @TempDir
    Path temp;

    private MusterCommand muster = new MusterCommand(Path.of("target"));

    @BeforeEach
    void home() {
        muster = new MusterCommand(temp);
        muster.file("step.yaml", "cluster: step\nprovider: local\nnodes:\n  count: 1\n");
        muster.file("pair.yaml", "cluster: pair\nprovider: local\nnodes:\n  count: 2\n");
    }

    @Test
    void up_that_died_at_any_step_is_completed_by_up_and_then_undone_by_down() {
        int step = 1;
        while (halted(killed("up", step))) {
            succeeds("up", "step.yaml");
            succeeds("down", "step");
            nothingIsLeft("up killed at step " + step);
            step++;
            assertThat(step).isLessThan(MAX_STEPS);
        }
        assertThat(step).as("steps that up was killed at").isGreaterThan(10);
        succeeds("down", "step");
    }

    @Test
    void down_that_died_at_any_step_is_completed_by_down() {
        int step = 1;
        succeeds("up", "step.yaml");
        while (halted(killed("down", step))) {
            succeedsOrFindsNothing("down", "step");
            nothingIsLeft("down killed at step " + step);
            succeeds("up", "step.yaml");
            step++;
            assertThat(step).isLessThan(MAX_STEPS);
        }
        nothingIsLeft("down");
        assertThat(step).as("steps that down was killed at").isGreaterThan(1);
    }

    @Test
    void up_and_down_that_died_at_any_moment_are_completed() throws InterruptedException {
        Random random = new Random(20261122);
        for (int i = 0; i < RANDOM_KILLS; i++) {
            killAfter(random.nextInt(200, 4000), "up", "pair.yaml");
            if (i % 2 == 0) {
                succeeds("up", "pair.yaml");
                killAfter(random.nextInt(100, 1200), "down", "pair");
            }
            succeedsOrFindsNothing("down", "pair");
            nothingIsLeft("random kill " + i);
        }
    }

    private void killAfter(int delayMs, String... command) throws InterruptedException {
        Running running = muster.start(command);
        if (!running.process().waitFor(delayMs, TimeUnit.MILLISECONDS)) {
            running.process().destroyForcibly().waitFor();
        }
    }

    private Result killed(String verb, int step) {
        return muster.startCommand(List.of(
                        MusterCommand.DIST.resolve("runtime/bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dmuster.dist=" + MusterCommand.DIST,
                        "-XX:AOTCache=" + MusterCommand.DIST.resolve("lib/muster.aot"),
                        "-Xlog:disable",
                        "-XX:+UseSerialGC",
                        "-cp",
                        MusterCommand.managerJar() + ":"
                                + Path.of("target", "test-classes").toAbsolutePath(),
                        "io.muster.distribution.programs.KilledCommand",
                        verb,
                        muster.home().toString(),
                        "step",
                        Integer.toString(step)))
                .await();
    }

    private static boolean halted(Result result) {
        assertThat(result.exit()).as(result.toString()).isIn(0, 137);
        return result.exit() == 137;
    }

    private void succeeds(String... command) {
        Result result = muster.run(command);
        assertThat(result.exit()).as(String.join(" ", command) + "\n" + result).isZero();
    }

    private void succeedsOrFindsNothing(String... command) {
        Result result = muster.run(command);
        assertThat(result.exit()).as(String.join(" ", command) + "\n" + result).isIn(0, 4);
    }

    private void nothingIsLeft(String after) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(muster.leftOvers()).as("after " + after).isEmpty());
    }
}
