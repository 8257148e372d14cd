package io.muster.distribution.programs;

import io.muster.api.JobStatus;
import io.muster.api.MusterApi;
import io.muster.api.MusterException;
import io.muster.api.Progress;
import io.muster.cluster.MusterHome;
import io.muster.embedded.EmbeddedMuster;
import io.muster.spec.JobSpec;
import io.muster.spec.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Submits jobs that would run long, each interrupted a little later after its launch began: arguments are the home, the
 * cluster and the delays in milliseconds. Prints how each ended; one that was submitted before the interrupt came is
 * cancelled.
 */
public final class InterruptedSubmit {
    private InterruptedSubmit() {}

    public static void main(String[] args) {
        try (MusterApi muster = EmbeddedMuster.open(new MusterHome(Path.of(args[0])))) {
            for (String delay : List.of(args).subList(2, args.length)) {
                submit(muster, args[1], Long.parseLong(delay));
            }
        }
    }

    private static void submit(MusterApi muster, String cluster, long delayMs) {
        JobSpec spec = JobSpec.of(new Program.Command(List.of("sleep", "600")), 2);
        Thread worker = Thread.currentThread();
        Thread user = Thread.ofVirtual().unstarted(() -> {
            LockSupport.parkNanos(Duration.ofMillis(delayMs).toNanos());
            worker.interrupt();
        });
        try {
            JobStatus job = muster.submit(cluster, spec, Path.of("").toAbsolutePath(), event -> {
                if (event instanceof Progress.PhaseStarted phase
                        && phase.phase().equals("launch")) {
                    user.start();
                }
            });
            // The interrupt belongs to the submission, which was faster.
            while (!Thread.interrupted()) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            System.out.println(delayMs + " ms: submitted, then "
                    + muster.cancel(job.jobId()).state());
        } catch (MusterException e) {
            boolean _ = Thread.interrupted();
            System.out.println(delayMs + " ms: " + e.kind() + " " + e.what());
        }
    }
}
