package io.muster.cli;

import io.muster.api.Counted;
import io.muster.api.JobStatus;
import io.muster.api.MusterApi;
import io.muster.api.MusterApi.Follow;
import io.muster.api.MusterException;
import io.muster.api.Progress;
import io.muster.api.Unsaved;
import io.muster.cli.document.DemoDocument;
import io.muster.cli.screen.ProgressView;
import io.muster.cli.screen.Screen;
import io.muster.spec.ClusterSpec;
import io.muster.spec.JobSpec;
import io.muster.spec.Program;
import io.muster.state.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One showing: a cluster of its own on this machine, one job, the results, and nothing left. */
final class Demo {
    static final String PICTURE = "heat.png";
    static final String RESIDUAL = "residual.csv";
    private static final String NAME = "demo";
    private static final int MAX_NAMES = 100;

    private final Session session;
    private final Set<String> taken = new HashSet<>();
    private final String jar;
    private final JobSpec job;
    private final Path folder;
    private final PhaseTimes times = new PhaseTimes();
    private volatile ClusterSpec spec;

    private Demo(Session session, ClusterSpec spec, String jar, JobSpec job, Path folder) {
        this.session = session;
        this.spec = spec;
        this.jar = jar;
        this.job = job;
        this.folder = folder;
    }

    /** Chooses a folder that can be written and a name, which is free so far; creates no node. */
    static Demo prepare(Session session, int nodes, int ranks) {
        Program.Jar program =
                new Program.Jar(example(session).toString(), List.of("--output", PICTURE, "--residual", RESIDUAL));
        JobSpec job = JobSpec.of(program, ranks).withOutputs(List.of(PICTURE, RESIDUAL));
        ClusterSpec spec =
                ClusterSpec.local(freeName(session.api(), Set.of()), nodes).withSlots((ranks + nodes - 1) / nodes);
        return new Demo(session, spec, program.path(), job, outputFolder(session));
    }

    ClusterSpec spec() {
        return spec;
    }

    JobSpec job() {
        return job;
    }

    String jar() {
        return jar;
    }

    /** Blocks until the results are here and, unless it shall stay, the cluster is gone; also when something fails. */
    DemoDocument run(AtTheEnd atTheEnd) {
        session.interrupts().cleanUpAlsoOnTermination();
        session.interrupts()
                .announce(() -> session.screen()
                        .say("stopping: cluster " + name()
                                + " is taken down; a second Ctrl-C leaves at once, then muster down " + name()
                                + " completes"));
        Instant start = Instant.now();
        try (ProgressView view = session.progress(spec.count())) {
            Consumer<Progress> progress = event -> {
                times.accept(event);
                view.accept(event);
            };
            while (!claim(progress, atTheEnd)) {
                spec = spec.withName(freeName(session.api(), taken));
            }
            List<Path> outputs = runJob(progress, atTheEnd);
            if (atTheEnd == AtTheEnd.DESTROY) {
                session.api().down(name(), progress);
            }
            return document(outputs, Duration.between(start, Instant.now()), atTheEnd);
        }
    }

    /** Brings the cluster up; false when somebody else took its name first, whose cluster is then left alone. */
    private boolean claim(Consumer<Progress> progress, AtTheEnd atTheEnd) {
        try {
            session.api().up(spec, progress);
            return true;
        } catch (MusterException e) {
            if (!isTaken(e)) {
                takeDownAfter(e, progress, atTheEnd);
                throw e;
            }
            if (taken.size() == MAX_NAMES || session.interrupts().happened()) {
                throw e;
            }
            taken.add(name());
            return false;
        } catch (RuntimeException e) {
            takeDownAfter(e, progress, atTheEnd);
            throw e;
        }
    }

    private boolean isTaken(MusterException failure) {
        return switch (failure.kind()) {
            case BUSY -> true;
            // The sizing file is ours, and right: a cluster of the same name stands or goes down.
            case INPUT ->
                session.api().clusters().stream()
                        .anyMatch(cluster -> cluster.cluster().equals(name()));
            case INFRASTRUCTURE, NOT_FOUND, INTERRUPTED -> false;
        };
    }

    private List<Path> runJob(Consumer<Progress> progress, AtTheEnd atTheEnd) {
        try {
            JobStatus started = session.api().submit(name(), job, folder, progress);
            JobStatus ended = compute(started.jobId(), progress);
            if (ended.state() != JobState.DONE) {
                throw new MusterException(
                        MusterException.Kind.INFRASTRUCTURE,
                        "the simulation of the demo did not end well",
                        "job " + ended.jobId(),
                        JobText.outcome(ended, session.screen()),
                        "muster logs " + ended.jobId() + " shows what its ranks said");
            }
            return session.api().collect(ended.jobId(), progress);
        } catch (RuntimeException e) {
            takeDownAfter(e, progress, atTheEnd);
            throw e;
        }
    }

    /** Follows the job; its output stands above the progress, because stdout is for the result. */
    private JobStatus compute(String jobId, Consumer<Progress> progress) {
        progress.accept(new Progress.PhaseStarted("compute"));
        Instant start = Instant.now();
        RankOutput output = new RankOutput(session.screen(), RankOutput.Tag.NONE, RankOutput.Target.STDERR, () -> {});
        JobStatus ended = session.api().logs(jobId, Follow.UNTIL_END, output);
        progress.accept(new Progress.PhaseEnded(
                "compute",
                Duration.between(start, Instant.now()),
                Counted.of(ended.ranks(), "rank") + ", " + StatusText.word(ended.state())));
        return ended;
    }

    private void takeDownAfter(RuntimeException failure, Consumer<Progress> progress, AtTheEnd atTheEnd) {
        Screen screen = session.screen();
        String name = name();
        boolean interrupted = Thread.interrupted() || session.interrupts().happened();
        if (atTheEnd == AtTheEnd.KEEP && !interrupted) {
            screen.say("cluster " + name + " stands as it was when this failed; muster down " + name + " destroys it");
            return;
        }
        try {
            session.api().down(name, Unsaved.DISCARDED, progress);
            screen.say("cluster " + name + " is taken down; nothing of it is left");
        } catch (MusterException e) {
            if (e.kind() != MusterException.Kind.NOT_FOUND) {
                screen.say(Failures.block(e).render(screen));
                screen.say("cluster " + name + " is not wholly gone; muster down " + name + " completes");
                failure.addSuppressed(e);
            }
        }
    }

    private DemoDocument document(List<Path> outputs, Duration total, AtTheEnd atTheEnd) {
        List<DemoDocument.Phase> phases = new ArrayList<>();
        times.times().forEach((phase, time) -> phases.add(new DemoDocument.Phase(phase, seconds(time))));
        return new DemoDocument(
                name(),
                spec.count(),
                job.ranks(),
                phases,
                seconds(total),
                outputs.stream().map(Path::toString).toList(),
                atTheEnd == AtTheEnd.KEEP ? Optional.of(name()) : Optional.empty());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    private static Path example(Session session) {
        Path jar = session.distribution().orElse(Path.of("")).resolve("examples/heat.jar");
        if (session.distribution().isEmpty() || !Files.isRegularFile(jar)) {
            throw new MusterException(
                    MusterException.Kind.INFRASTRUCTURE,
                    "the example of the demo is missing",
                    jar.toString(),
                    session.distribution().isEmpty() ? "not started from a distribution" : "no such file",
                    "start it with ./muster from a checkout, or with bin/muster from an unpacked archive");
        }
        return jar.toAbsolutePath();
    }

    private String name() {
        return spec.name().text();
    }

    private static String freeName(MusterApi api, Set<String> besides) {
        Set<String> taken = new HashSet<>(besides);
        api.clusters().forEach(cluster -> taken.add(cluster.cluster()));
        String name = NAME;
        for (int number = 2; taken.contains(name); number++) {
            name = NAME + "-" + number;
        }
        return name;
    }

    private static Path outputFolder(Session session) {
        Path here = session.folder().toAbsolutePath();
        if (Files.isWritable(here)) {
            return here;
        }
        try {
            return Files.createTempDirectory("muster-demo-");
        } catch (IOException e) {
            throw new MusterException(
                    MusterException.Kind.INPUT,
                    "the picture of the demo has no place",
                    here.toString(),
                    "neither this folder nor the temporary one can be written: " + e.getMessage(),
                    "change to a folder that you can write",
                    e);
        }
    }

    /** What becomes of the cluster. */
    enum AtTheEnd {
        DESTROY,
        KEEP
    }
}
