package io.muster.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.host.RankEvent;
import io.muster.launch.MpiLibrary;
import io.muster.launch.OutputStreamName;
import io.muster.launch.Program;
import io.muster.launch.StandardInput;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.RankAddress;
import io.muster.wireup.RankLost;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class JobRunTest {
    private static final JobOrder ORDER = new JobOrder(
            "job",
            new Program.Command("yes", List.of()),
            List.of(new JobNode("a", "127.0.0.1", 1)),
            List.of(new RankPlacement(0, 0)),
            Map.of(),
            List.of(),
            MpiLibrary.MUSTER,
            new StandardInput.Empty(),
            Optional.of(Duration.ofMillis(200)));

    /** A node whose only rank prints as fast as it is read, until it is ended. */
    private static final class PrintingNode implements NodeLine {
        private final JobRun run;
        private final Thread rank = new Thread(this::print, "prints");
        private volatile boolean ended;

        PrintingNode(JobRun run) {
            this.run = run;
        }

        private void print() {
            while (!ended) {
                run.heard(new RankEvent.RankOutput(0, OutputStreamName.STDOUT, new byte[] {'y', '\n'}, false), 0);
            }
            run.heard(new RankEvent.RankExited(0, 143, System.currentTimeMillis()), 0);
            run.nodeClean(0);
        }

        @Override
        public void start() {
            rank.start();
        }

        @Override
        public void sendTable(List<RankAddress> addresses) {}

        @Override
        public void sendLost(RankLost lost) {}

        @Override
        public void spawn(long id, String command) {}

        @Override
        public void sendSpawnEnded(long id, int exitCode) {}

        @Override
        public void sendWorldAnswer(long id, LauncherAnswer answer) {}

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void close() {
            ended = true;
        }
    }

    @Test
    void the_wall_time_ends_a_job_that_prints_without_pause() throws IOException, InterruptedException {
        JobRun run = new JobRun(ORDER, event -> {});
        assertThat(run.run(node -> new PrintingNode(run)).exitCode()).isEqualTo(JobOutcome.WALL_TIME_PASSED);
    }
}
