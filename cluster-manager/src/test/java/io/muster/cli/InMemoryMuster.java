package io.muster.cli;

import io.muster.api.ClusterChange;
import io.muster.api.ClusterStatus;
import io.muster.api.CollectionReport;
import io.muster.api.DownReport;
import io.muster.api.Garbage;
import io.muster.api.JobStatus;
import io.muster.api.MusterApi;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.api.NodeStatus;
import io.muster.api.OutputLine;
import io.muster.api.Progress;
import io.muster.api.SshAccess;
import io.muster.api.Unsaved;
import io.muster.plan.ClusterPlan;
import io.muster.plan.MachineFacts;
import io.muster.plan.NoPlanException;
import io.muster.plan.PlannedNode;
import io.muster.plan.Planner;
import io.muster.provider.Offer;
import io.muster.spec.ClusterName;
import io.muster.spec.ClusterSpec;
import io.muster.spec.JobSpec;
import io.muster.spec.Money;
import io.muster.spec.Program;
import io.muster.state.ClusterId;
import io.muster.state.ClusterPhase;
import io.muster.state.Event;
import io.muster.state.EventKind;
import io.muster.state.JobState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Clusters that stand in memory and jobs that say what they were told to say.
 *
 * <p>A job's output and end are set beforehand: {@link #rank}, {@link #endsWith}; {@link #hang} has it run until it is
 * cancelled.
 */
final class InMemoryMuster implements MusterApi {
    static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    final Map<String, ClusterStatus> clusters = new TreeMap<>();
    final Map<String, ClusterSpec> standing = new TreeMap<>();
    final List<Garbage> garbage = new ArrayList<>();
    final Map<String, JobStatus> jobs = new LinkedHashMap<>();
    final Map<String, JobSpec> specs = new LinkedHashMap<>();
    final List<OutputLine> lines = new ArrayList<>();
    final CountDownLatch following = new CountDownLatch(1);
    List<String> sshCommand = List.of("ssh", "-F", "config", "node");
    Optional<Money> price = Optional.empty();
    List<Offer> offers = List.of();
    Optional<RuntimeException> upFails = Optional.empty();
    final Map<String, Kind> takenMeanwhile = new TreeMap<>();
    boolean closed;
    private final List<Event> events = new ArrayList<>();
    private JobState end = JobState.DONE;
    private int exitCode;
    private String cause = "";
    private boolean hanging;

    InMemoryMuster rank(int rank, OutputLine.Stream stream, String text) {
        lines.add(new OutputLine(rank, stream, text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    InMemoryMuster endsWith(JobState state, int code, String why) {
        end = state;
        exitCode = code;
        cause = why;
        return this;
    }

    InMemoryMuster hang() {
        hanging = true;
        return this;
    }

    @Override
    public ClusterPlan plan(ClusterSpec spec) {
        ClusterPlan plan = planned(spec);
        return new ClusterPlan(plan.spec(), plan.nodes(), price.or(plan::pricePerHour), plan.offers(), plan.notes());
    }

    private ClusterPlan planned(ClusterSpec spec) {
        Planner planner = new Planner(new MachineFacts(64, 1L << 40));
        try {
            return spec.isInCloud() ? planner.plan(spec, offers) : planner.plan(spec);
        } catch (NoPlanException e) {
            throw new MusterException(Kind.INPUT, String.valueOf(e.getMessage()), e.where(), e.seen(), e.next(), e);
        }
    }

    @Override
    public ClusterChange change(ClusterSpec spec) {
        ClusterSpec before = standing.get(spec.name().text());
        if (before == null) {
            return ClusterChange.NONE;
        }
        List<String> now = plan(before).nodes().stream().map(PlannedNode::name).toList();
        List<String> then = plan(spec).nodes().stream().map(PlannedNode::name).toList();
        return new ClusterChange(
                then.stream().filter(node -> !now.contains(node)).toList(),
                now.stream().filter(node -> !then.contains(node)).toList(),
                List.of());
    }

    @Override
    public ClusterSpec spec(String cluster) {
        status(cluster);
        return Optional.ofNullable(standing.get(cluster)).orElseThrow();
    }

    @Override
    public ClusterStatus up(ClusterSpec spec, Consumer<Progress> progress) {
        String name = spec.name().text();
        Kind taken = takenMeanwhile.get(name);
        if (taken != null) {
            clusters.put(name, status(spec, List.of(), ClusterPhase.CREATING));
            throw new MusterException(taken, "somebody else has " + name, "", "", "");
        }
        remember(spec.name(), EventKind.CLUSTER_CREATED, "wanted by the user", "");
        List<PlannedNode> nodes = plan(spec).nodes();
        for (String phase : List.of("plan", "provision", "bootstrap")) {
            progress.accept(new Progress.PhaseStarted(phase));
            nodes.forEach(node -> progress.accept(
                    new Progress.NodeStep(phase, node.name(), "step", Progress.Result.DONE, Duration.ofMillis(5), "")));
            if (phase.equals("bootstrap") && upFails.isPresent()) {
                clusters.put(name, status(spec, nodes, ClusterPhase.DEGRADED));
                throw upFails.get();
            }
            progress.accept(new Progress.PhaseEnded(phase, Duration.ofMillis(1500), nodes.size() + " nodes"));
        }
        clusters.put(name, status(spec, nodes, ClusterPhase.READY));
        standing.put(name, spec);
        remember(spec.name(), EventKind.CLUSTER_PHASE, "every node is ready", "4 of 4");
        return clusters.get(name);
    }

    private static ClusterStatus status(ClusterSpec spec, List<PlannedNode> nodes, ClusterPhase phase) {
        List<NodeStatus> states = nodes.stream()
                .map(node -> new NodeStatus(
                        node.name(), node.slots(), NodeStatus.Health.READY, "127.0.0.1:" + (2200 + node.index()), ""))
                .toList();
        return new ClusterStatus(spec.name().text(), spec.provider(), phase, NOON, states);
    }

    private void remember(ClusterName cluster, EventKind kind, String message, String details) {
        events.add(new Event(
                events.size() + 1L,
                NOON,
                new ClusterId(1),
                cluster,
                Optional.empty(),
                Optional.empty(),
                kind,
                message,
                details));
    }

    @Override
    public ClusterStatus status(String cluster) {
        ClusterStatus status = clusters.get(cluster);
        if (status == null) {
            throw new MusterException(
                    Kind.NOT_FOUND,
                    "there is no cluster " + cluster,
                    "cluster " + cluster,
                    "clusters: " + clusters.keySet(),
                    "muster status lists what stands");
        }
        return status;
    }

    @Override
    public List<ClusterStatus> clusters() {
        return List.copyOf(clusters.values());
    }

    @Override
    public DownReport down(String cluster, Unsaved unsaved, Consumer<Progress> progress) {
        int nodes = status(cluster).nodes().size();
        progress.accept(new Progress.PhaseStarted("destroy"));
        clusters.remove(cluster);
        progress.accept(new Progress.PhaseEnded("destroy", Duration.ofMillis(300), nodes + " nodes"));
        return new DownReport(cluster, nodes, 0);
    }

    @Override
    public List<Garbage> garbage() {
        return List.copyOf(garbage);
    }

    @Override
    public CollectionReport collectGarbage(List<Garbage> found) {
        garbage.removeAll(found);
        return new CollectionReport(found.size(), List.of());
    }

    @Override
    public JobStatus submit(String cluster, JobSpec spec, Path folder, Consumer<Progress> progress) {
        status(cluster);
        for (String phase : List.of("stage", "launch")) {
            progress.accept(new Progress.PhaseStarted(phase));
            progress.accept(new Progress.PhaseEnded(phase, Duration.ofMillis(200), spec.ranks() + " ranks"));
        }
        String id = cluster + "." + (jobs.size() + 1);
        specs.put(id, spec);
        JobStatus status = new JobStatus(
                id,
                cluster,
                JobState.RUNNING,
                command(spec.program()),
                spec.ranks(),
                NOON,
                Optional.empty(),
                Optional.empty(),
                "",
                folder);
        jobs.put(id, status);
        return status;
    }

    private static String command(Program program) {
        String first = switch (program) {
            case Program.Jar jar -> jar.path();
            case Program.MainClass main -> main.name();
            case Program.Command command -> command.words().getFirst();
        };
        return (first + " " + String.join(" ", program.args())).strip();
    }

    @Override
    public JobStatus job(String jobId) {
        JobStatus status = jobs.get(jobId);
        if (status == null) {
            throw new MusterException(
                    Kind.NOT_FOUND, "there is no job " + jobId, "job " + jobId, "", "muster jobs lists them");
        }
        return status;
    }

    @Override
    public List<JobStatus> jobs(Optional<String> cluster) {
        return jobs.values().stream()
                .filter(job -> cluster.isEmpty() || job.cluster().equals(cluster.get()))
                .toList();
    }

    @Override
    public JobStatus logs(String jobId, Follow follow, Consumer<OutputLine> consumer) {
        job(jobId);
        lines.forEach(consumer);
        if (follow == Follow.WHAT_IS_THERE) {
            return job(jobId);
        }
        following.countDown();
        if (hanging) {
            waitForInterrupt(jobId);
        }
        return ended(jobId, end, exitCode, cause);
    }

    private static void waitForInterrupt(String jobId) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MusterException(
                    Kind.INTERRUPTED, "following was interrupted", "job " + jobId, "", "muster logs -f " + jobId, e);
        }
    }

    private JobStatus ended(String jobId, JobState state, int code, String why) {
        JobStatus before = job(jobId);
        JobStatus after = new JobStatus(
                jobId,
                before.cluster(),
                state,
                before.command(),
                before.ranks(),
                NOON,
                Optional.of(NOON.plusSeconds(12)),
                Optional.of(code),
                why,
                before.folder());
        jobs.put(jobId, after);
        return after;
    }

    @Override
    public JobStatus cancel(String jobId) {
        return job(jobId).state().isEnd() ? job(jobId) : ended(jobId, JobState.CANCELLED, 143, "cancelled by the user");
    }

    @Override
    public List<Path> collect(String jobId, Consumer<Progress> progress) {
        JobStatus status = job(jobId);
        progress.accept(new Progress.PhaseStarted("fetch"));
        List<Path> files = specOf(jobId).outputs().stream()
                .map(glob -> status.folder().resolve(glob))
                .toList();
        progress.accept(new Progress.PhaseEnded("fetch", Duration.ofMillis(100), files.size() + " files"));
        return files;
    }

    /** What was submitted as this job. */
    JobSpec specOf(String jobId) {
        return Optional.ofNullable(specs.get(jobId)).orElseThrow();
    }

    @Override
    public void importImage(String provider, Path rootFileSystem) {
        if (!Files.isRegularFile(rootFileSystem)) {
            throw new MusterException(
                    MusterException.Kind.INPUT,
                    "the root file system cannot be read",
                    rootFileSystem.toString(),
                    "",
                    "");
        }
    }

    @Override
    public List<Event> events(String cluster) {
        return List.copyOf(events);
    }

    @Override
    public SshAccess ssh(String cluster, Optional<String> node) {
        status(cluster);
        return new SshAccess(node.orElse(cluster + "-1"), Path.of("/state/ssh_config"), sshCommand, "");
    }

    @Override
    public void close() {
        closed = true;
    }
}
