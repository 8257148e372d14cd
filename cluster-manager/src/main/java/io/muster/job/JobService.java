package io.muster.job;

import io.muster.api.Counted;
import io.muster.api.JobStatus;
import io.muster.api.MusterApi.Follow;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.api.OutputLine;
import io.muster.api.Progress;
import io.muster.api.Unsaved;
import io.muster.cluster.ClusterContext;
import io.muster.cluster.NodeLink;
import io.muster.cluster.NodeLinks;
import io.muster.cluster.PhaseClock;
import io.muster.spec.JobSpec;
import io.muster.spec.SubmittedJob;
import io.muster.state.Cause;
import io.muster.state.JobState;
import io.muster.state.StoredCluster;
import io.muster.state.StoredJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The verbs on jobs. Thread-safe; any process with the same state may follow, cancel and collect the same job. */
public final class JobService {
    private static final Duration LINK_DEADLINE = Duration.ofSeconds(10);

    /** More than the head node takes to end a job by force. */
    private static final Duration END_DEADLINE = Duration.ofSeconds(75);

    private final ClusterContext context;
    private final JobRecords records;

    public JobService(ClusterContext context) {
        this.context = context;
        this.records = new JobRecords(context);
    }

    public JobStatus submit(String cluster, JobSpec spec, Path folder, Consumer<Progress> progress) {
        StoredCluster stored = context.require(cluster);
        Submission.requireReady(stored);
        return translating(
                "submit",
                "cluster " + cluster,
                () -> records.status(
                        new Submission(context, stored, spec, folder, progress, () -> jobs(Optional.of(cluster)))
                                .run()));
    }

    public JobStatus job(String jobId) {
        return records.status(refreshed(records.require(jobId)));
    }

    public List<JobStatus> jobs(Optional<String> cluster) {
        List<StoredJob> jobs = cluster.map(name -> context.store().jobs().ofName(ClusterContext.nameOf(name)))
                .orElseGet(() -> context.store().jobs().newest(1000).reversed());
        return jobs.stream().map(this::refreshedQuietly).map(records::status).toList();
    }

    public JobStatus logs(String jobId, Follow follow, Consumer<OutputLine> lines) {
        StoredJob job = records.require(jobId);
        return translating("logs", "job " + jobId, () -> {
            StoredJob now = settleUnsubmitted(job);
            return records.status(new Attachment(context, now, records.journal(now), lines).follow(follow));
        });
    }

    public JobStatus cancel(String jobId) {
        StoredJob job = refreshed(records.require(jobId));
        return translating("cancel", "job " + jobId, () -> {
            if (job.state().isEnd()) {
                return records.status(job);
            }
            if (job.state() == JobState.RUNNING) {
                try (NodeLink head = linkToHead(job)) {
                    head.agent().cancel(jobId, "cancelled by the user");
                }
                return awaitEnd(job);
            }
            throw new MusterException(
                    Kind.INFRASTRUCTURE,
                    "job " + jobId + " is still being submitted",
                    "job " + jobId,
                    "state " + job.state(),
                    "interrupt the command that submits it, or try again in a moment");
        });
    }

    /** Waits, but not for ever, for a head node that may be unable to say how a job ended. */
    private JobStatus awaitEnd(StoredJob job) throws Exception {
        FutureTask<JobStatus> end = new FutureTask<>(() -> logs(job.id().toString(), Follow.UNTIL_END, line -> {}));
        Thread.ofVirtual().name("end-of-" + job.id()).start(end);
        try {
            return end.get(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new MusterException(
                    Kind.INFRASTRUCTURE,
                    "job " + job.id() + " was told to end, and did not say that it has",
                    "job " + job.id(),
                    "nothing in " + END_DEADLINE.toSeconds() + " s",
                    "try again; muster down CLUSTER --discard ends everything, whatever it says",
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            end.cancel(true);
        }
    }

    public List<Path> collect(String jobId, Consumer<Progress> progress) {
        return collect(jobId, Map.of(), progress);
    }

    /** The same, where it is known that the agents of some nodes do not answer, and why. */
    List<Path> collect(String jobId, Map<String, String> silent, Consumer<Progress> progress) {
        StoredJob job = refreshed(records.require(jobId));
        if (!job.state().isEnd()) {
            throw new MusterException(
                    Kind.INPUT,
                    "job " + jobId + " has not ended",
                    "job " + jobId,
                    "state " + job.state(),
                    "follow it to its end: muster logs -f " + jobId);
        }
        return translating("fetching the outputs", "job " + jobId, () -> {
            Outputs outputs = new Outputs(context, job);
            if (job.outputsFetched()) {
                return outputs.present();
            }
            Outputs.Fetched fetched = PhaseClock.timed(
                    progress,
                    "fetch",
                    () -> outputs.fetch(silent),
                    found -> Counted.of(found.files().size(), "file"));
            if (!fetched.failures().isEmpty()) {
                throw unfetched(job, fetched);
            }
            List<Path> files = fetched.files();
            context.store().jobs().outputsFetched(job.id(), Cause.of(files.size() + " output files came back"));
            outputs.removeFromNodes();
            return files;
        });
    }

    private static MusterException unfetched(StoredJob job, Outputs.Fetched fetched) {
        return new MusterException(
                Kind.INFRASTRUCTURE,
                "not all outputs of job " + job.id() + " could be fetched",
                "job " + job.id(),
                String.join("\n         ", fetched.failures()),
                Counted.of(fetched.files().size(), "file") + " came back; muster logs -f " + job.id()
                        + " fetches the rest once the nodes answer, which muster up repairs");
    }

    /**
     * Before a cluster goes down: ends its jobs, and saves the journal and the outputs of each. An agent that is gone
     * is started again for that.
     *
     * @throws MusterException (INFRASTRUCTURE) when something cannot be saved that {@code unsaved} wants to keep
     */
    public void settle(String cluster, Unsaved unsaved, Consumer<Progress> progress) {
        context.store()
                .clusters()
                .live(ClusterContext.nameOf(cluster))
                .ifPresent(stored -> translating("saving the results of jobs", "cluster " + cluster, () -> {
                    new Settlement(context, this, stored, unsaved, progress).run();
                    return true;
                }));
    }

    private NodeLink linkToHead(StoredJob job) throws Exception {
        StoredCluster cluster = context.store().clusters().find(job.cluster()).orElseThrow();
        String head = SubmittedJob.fromJson(job.specJson()).nodes().getFirst();
        NodeLinks links = new NodeLinks(context, cluster);
        NodeLinks.Member member = links.members().stream()
                .filter(candidate -> candidate.name().equals(head))
                .findFirst()
                .orElseThrow(() -> new IOException("head node " + head + " is gone"));
        return links.open(member, LINK_DEADLINE);
    }

    private StoredJob refreshed(StoredJob job) {
        if (job.state().isEnd()) {
            return job;
        }
        return translating("asking for the job", "job " + job.id(), () -> {
            StoredJob now = settleUnsubmitted(job);
            return now.state() == JobState.RUNNING
                    ? new Attachment(context, now, records.journal(now), line -> {}).follow(Follow.WHAT_IS_THERE)
                    : now;
        });
    }

    private StoredJob refreshedQuietly(StoredJob job) {
        try {
            return refreshed(job);
        } catch (MusterException e) {
            // A list is worth showing although one head node does not answer; the job's own verbs say why.
            return job;
        }
    }

    /** A job whose submitter died over it is taken over if its supervisor started, else it has failed. */
    private StoredJob settleUnsubmitted(StoredJob job) throws Exception {
        boolean unsubmitted = job.state() == JobState.STAGING || job.state() == JobState.SUBMITTING;
        if (!unsubmitted || Submitter.lives(context.home().job(job.id().toString()))) {
            return job;
        }
        boolean started = false;
        if (job.state() == JobState.SUBMITTING) {
            try (NodeLink head = linkToHead(job)) {
                started = head.agent().jobs().stream()
                        .anyMatch(summary -> summary.jobId().equals(job.id().toString()));
            }
        }
        return started
                ? context.store().jobs().move(job.id(), JobState.RUNNING, Cause.of("its supervisor had accepted it"))
                : context.store()
                        .jobs()
                        .end(
                                job.id(),
                                JobState.FAILED,
                                OptionalInt.of(Kind.INFRASTRUCTURE.exitCode()),
                                Cause.of("the manager died before it had started the job; submit it again"));
    }

    private static <T> T translating(String verb, String where, Callable<T> work) {
        try {
            return work.call();
        } catch (MusterException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MusterException(
                    Kind.INTERRUPTED,
                    verb + " was interrupted",
                    where,
                    "a job that runs goes on",
                    "muster jobs lists it, muster logs -f follows it, muster cancel ends it",
                    e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MusterException(
                    Kind.INFRASTRUCTURE,
                    verb + " failed",
                    where,
                    String.valueOf(e.getMessage()),
                    "run muster up with the cluster's sizing file, which repairs nodes, then this command again",
                    e);
        }
    }
}
