package io.muster.job;

import io.muster.agent.AgentException;
import io.muster.agent.JobSummary;
import io.muster.api.MusterApi.Follow;
import io.muster.cluster.ClusterContext;
import io.muster.cluster.NodeLink;
import io.muster.cluster.NodeLinks;
import io.muster.state.Cause;
import io.muster.state.JobState;
import io.muster.state.StoredJob;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes back a job whose submission broke off: ends what its head node may have begun, and removes what was staged. The
 * work is done by threads of its own, where neither the interrupt nor the broken connection of the submission is felt.
 */
final class Withdrawal {
    private static final Duration END_DEADLINE = Duration.ofSeconds(20);
    private static final Duration REMOVE_DEADLINE = Duration.ofSeconds(15);
    private static final Duration LINK_DEADLINE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** An order that is on its way when the submission breaks off shows among the agent's jobs before this is over. */
    private static final Duration ORDER_UNDER_WAY = Duration.ofSeconds(3);

    private final ClusterContext context;
    private final NodeLinks links;
    private final StoredJob job;

    Withdrawal(ClusterContext context, NodeLinks links, StoredJob job) {
        this.context = context;
        this.links = links;
        this.job = job;
    }

    /**
     * Cancels the job on its head node and waits for its end, which is then written down with all that the job said.
     *
     * @return whether it is known that nothing of the job runs: it has ended or never began
     */
    boolean endOn(NodeLinks.Member head) {
        return within(END_DEADLINE, List.of(() -> {
            cancelUntilOver(head);
            return true;
        }));
    }

    /** Removes what the job has on these nodes, as far as they answer; the rest goes with the cluster. */
    void removeFrom(List<NodeLinks.Member> nodes) {
        List<Callable<Boolean>> removals = new ArrayList<>();
        for (NodeLinks.Member node : nodes) {
            removals.add(() -> {
                try (NodeLink link = links.open(node, LINK_DEADLINE)) {
                    link.agent().remove(job.id().toString());
                }
                return true;
            });
        }
        boolean _ = within(REMOVE_DEADLINE, removals);
    }

    private void cancelUntilOver(NodeLinks.Member head) throws Exception {
        try (NodeLink link = links.open(head, LINK_DEADLINE)) {
            long patience = System.nanoTime() + ORDER_UNDER_WAY.toNanos();
            Optional<JobSummary> seen = find(link);
            while (seen.isEmpty()
                    ? System.nanoTime() < patience
                    : seen.get().outcome().isEmpty()) {
                if (seen.isPresent()) {
                    cancel(link);
                }
                Thread.sleep(PAUSE);
                seen = find(link);
            }
            if (seen.isPresent()) {
                StoredJob running = context.store()
                        .jobs()
                        .move(job.id(), JobState.RUNNING, Cause.of("its supervisor had accepted it"));
                JournalCopy journal = new JobRecords(context).journal(running);
                new Attachment(context, running, journal, line -> {}).follow(Follow.UNTIL_END);
            }
        }
    }

    private Optional<JobSummary> find(NodeLink link) throws IOException {
        return link.agent().jobs().stream()
                .filter(summary -> summary.jobId().equals(job.id().toString()))
                .findFirst();
    }

    private void cancel(NodeLink link) throws IOException {
        try {
            link.agent().cancel(job.id().toString(), "its submission broke off");
        } catch (AgentException e) {
            // It may have ended this moment; the next look tells.
            if (e.kind() == AgentException.Kind.WRONG_INPUT) {
                throw e;
            }
        }
    }

    /** Whether all were done in time. */
    private boolean within(Duration deadline, List<Callable<Boolean>> work) {
        long end = System.nanoTime() + deadline.toNanos();
        List<FutureTask<Boolean>> tasks = work.stream().map(FutureTask::new).toList();
        tasks.forEach(task -> Thread.ofVirtual().name("withdraw-" + job.id()).start(task));
        boolean done = true;
        for (FutureTask<Boolean> task : tasks) {
            try {
                done &= task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                done = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                done = false;
            } finally {
                task.cancel(true);
            }
        }
        return done;
    }
}
