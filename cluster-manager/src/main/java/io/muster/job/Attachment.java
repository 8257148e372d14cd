package io.muster.job;

import io.muster.agent.AgentException;
import io.muster.api.MusterApi.Follow;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.api.OutputLine;
import io.muster.cluster.ClusterContext;
import io.muster.cluster.NodeLink;
import io.muster.cluster.NodeLinks;
import io.muster.provider.ProviderException;
import io.muster.spec.SubmittedJob;
import io.muster.state.Cause;
import io.muster.state.JobState;
import io.muster.state.StoredCluster;
import io.muster.state.StoredJob;
import io.muster.supervisor.JobEvent;
import io.muster.supervisor.JobOutcome;
import io.muster.supervisor.JournalEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The manager's hold on one job that was submitted: copies its journal from the head node, gives out its lines, and
 * writes down how it ended. For one thread; others, and other processes, may hold the same job at the same time.
 */
final class Attachment {
    private static final Duration LINK_DEADLINE = Duration.ofSeconds(10);
    private static final Duration HEAD_PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ClusterContext context;
    private final StoredJob job;
    private final SubmittedJob submitted;
    private final JournalCopy copy;
    private final OutputLines lines;
    private JournalCopy.Position position = JournalCopy.Position.START;
    private Optional<JobOutcome> outcome = Optional.empty();

    /** As the head node wrote it down; somebody may look much later. */
    private Instant endedAt = Instant.MAX;

    Attachment(ClusterContext context, StoredJob job, JournalCopy copy, Consumer<OutputLine> consumer) {
        this.context = context;
        this.job = job;
        this.submitted = SubmittedJob.fromJson(job.specJson());
        this.copy = copy;
        this.lines = new OutputLines(consumer);
    }

    /** Gives out what is copied, then what the head node has, and waits for the end if asked to. */
    StoredJob follow(Follow follow) throws IOException, InterruptedException, ProviderException {
        replay();
        long deadline = System.nanoTime() + HEAD_PATIENCE.toNanos();
        while (outcome.isEmpty() && !current().state().isEnd()) {
            Optional<StoredCluster> cluster = context.store().clusters().find(job.cluster());
            Optional<NodeLinks.Member> head = cluster.isEmpty() ? Optional.empty() : head(cluster.get());
            if (head.isEmpty()) {
                return end(JobState.LOST, JobOutcome.INFRASTRUCTURE_FAILED, headIsGone());
            }
            try (NodeLink link = new NodeLinks(context, cluster.get()).open(head.get(), LINK_DEADLINE)) {
                if (!attach(link, follow)) {
                    return current();
                }
                deadline = System.nanoTime() + HEAD_PATIENCE.toNanos();
            } catch (AgentException e) {
                return notThere(e);
            } catch (IOException e) {
                if (follow == Follow.WHAT_IS_THERE || System.nanoTime() > deadline) {
                    throw unreachable(head.get(), e);
                }
                Thread.sleep(PAUSE);
            }
        }
        lines.flush();
        return outcome.isPresent() ? ended(outcome.get()) : current();
    }

    /** Returns whether the end was heard: false when only what is there was wanted, and the job goes on. */
    private boolean attach(NodeLink link, Follow follow) throws IOException {
        String id = job.id().toString();
        return switch (follow) {
            case WHAT_IS_THERE -> link.agent().followPresent(id, position.originalOffset(), this::copyAndGiveOut);
            case UNTIL_END -> {
                link.agent().follow(id, position.originalOffset(), this::copyAndGiveOut);
                yield true;
            }
        };
    }

    private void copyAndGiveOut(JournalEntry entry) {
        try {
            copy.append(entry);
            replay();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replay() throws IOException {
        position = copy.replay(position, event -> {
            switch (event) {
                case JobEvent.Output output -> lines.accept(output);
                case JobEvent.Ended ended -> {
                    outcome = Optional.of(ended.outcome());
                    endedAt = Instant.ofEpochMilli(ended.atMillis());
                }
                case JobEvent.RankExited exited -> lines.endOf(exited.rank());
                case JobEvent.Started started -> {}
                case JobEvent.RankStarted started -> {}
                case JobEvent.NodeLost lost -> {}
            }
        });
    }

    private Optional<NodeLinks.Member> head(StoredCluster cluster) throws IOException, ProviderException {
        String name = submitted.nodes().getFirst();
        if (cluster.destroyedAt().isPresent()) {
            return Optional.empty();
        }
        return new NodeLinks(context, cluster)
                .members().stream().filter(member -> member.name().equals(name)).findFirst();
    }

    private StoredJob notThere(AgentException e) {
        if (e.kind() != AgentException.Kind.NOT_FOUND) {
            throw new MusterException(
                    Kind.INFRASTRUCTURE,
                    "the head node of job " + job.id() + " refuses",
                    "node " + submitted.nodes().getFirst(),
                    String.valueOf(e.getMessage()),
                    "see agent.log on that node; muster up repairs it",
                    e);
        }
        return job.state() == JobState.RUNNING
                ? end(JobState.LOST, JobOutcome.INFRASTRUCTURE_FAILED, "its head node knows nothing of it any more")
                : end(
                        JobState.FAILED,
                        JobOutcome.INFRASTRUCTURE_FAILED,
                        "the manager died before it had started the job; submit it again");
    }

    private MusterException unreachable(NodeLinks.Member head, IOException e) {
        return new MusterException(
                Kind.INFRASTRUCTURE,
                "job " + job.id() + " cannot be reached",
                "head node " + head.name(),
                String.valueOf(e.getMessage()),
                "the job may still run: repair the node with muster up and its sizing file, then ask again",
                e);
    }

    private String headIsGone() {
        return "its head node " + submitted.nodes().getFirst() + " is gone";
    }

    private StoredJob ended(JobOutcome how) {
        String cause = how.cause().isBlank() ? "every rank ended with 0" : how.cause();
        return switch (how.kind()) {
            case DONE -> end(JobState.DONE, how.exitCode(), cause);
            case FAILED -> end(JobState.FAILED, how.exitCode(), cause);
            case CANCELLED -> end(JobState.CANCELLED, how.exitCode(), cause);
            case LOST -> end(JobState.LOST, how.exitCode(), cause);
        };
    }

    private StoredJob end(JobState state, int exitCode, String cause) {
        return context.store().inTransaction(tables -> {
            StoredJob now = tables.jobs().find(job.id()).orElseThrow();
            return now.state().isEnd()
                    ? now
                    : tables.jobs().end(job.id(), state, OptionalInt.of(exitCode), endedAt, Cause.of(cause));
        });
    }

    private StoredJob current() {
        return context.store().jobs().find(job.id()).orElseThrow();
    }
}
