package io.muster.job;

import io.muster.agent.AgentException;
import io.muster.agent.FoundFile;
import io.muster.agent.StagedFile;
import io.muster.api.Counted;
import io.muster.api.MusterException;
import io.muster.cluster.NodeJob;
import io.muster.cluster.NodeLink;
import io.muster.cluster.NodeLinks;
import io.muster.host.LibraryScripts;
import io.muster.launch.Folders;
import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import io.muster.spec.JobSpec;
import io.muster.supervisor.JobOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** What a job has done on its nodes before its ranks start: a Python environment on each, and a build on the first. */
final class PrepareStep {
    private static final Duration LIMIT = Duration.ofHours(1);
    private static final int SHOWN_LINES = 20;
    private static final List<String> ALL_FILES = List.of("**");

    private final String jobId;
    private final JobSpec spec;
    private final MpiLibrary library;
    private final NodeLinks links;
    private final List<NodeLinks.Member> nodes;
    private final Path kept;

    /**
     * @param nodes those of the job, the head node first; each has the inputs
     * @param kept folder of the manager for the job: what the build said stays there
     */
    PrepareStep(
            String jobId, JobSpec spec, MpiLibrary library, NodeLinks links, List<NodeLinks.Member> nodes, Path kept) {
        this.jobId = jobId;
        this.spec = spec;
        this.library = library;
        this.links = links;
        this.nodes = nodes;
        this.kept = kept;
    }

    /** Blocks until the nodes are prepared; answers what was done, for people. */
    String run(Optional<PythonEnvironment> python, List<NodeLink> open) throws Exception {
        List<String> done = new ArrayList<>();
        if (python.isPresent()) {
            make(python.get());
            done.add("Python environment on " + Counted.of(nodes.size(), "node"));
        }
        if (spec.preparation().build().isPresent()) {
            int files = build(spec.preparation().build().get(), python, open);
            done.add("build made " + Counted.of(files, "file"));
        }
        return String.join(", ", done);
    }

    private void make(PythonEnvironment python) throws IOException, InterruptedException {
        NodeJob.Result result = new NodeJob(links, nodes)
                .run("python", python.make(jobId), MpiLibrary.MUSTER, spec.environment(), LIMIT);
        if (result.outcome().kind() != JobOutcome.Kind.DONE) {
            throw refused(
                    result.outcome(),
                    "the Python environment could not be made",
                    python.requirements(),
                    result.outcome().cause() + last(result.err()),
                    "correct the requirements file; the nodes need python3 with venv (Debian: python3-venv) and reach a"
                            + " package index, or bring wheels: --in 'wheels/*' and --find-links wheels in the file");
        }
    }

    /** Answers how many files it made or changed. */
    private int build(String command, Optional<PythonEnvironment> python, List<NodeLink> open) throws Exception {
        NodeLink head = open.getFirst();
        Set<FoundFile> before = new HashSet<>(files(head));
        String script = "mkdir -p \"../../$1/work\" && cd \"../../$1/work\" || exit 1\n"
                + LibraryScripts.setup(library)
                + python.map(environment -> environment.activation(library)).orElse("")
                + "exec sh -c \"$2\" 2>&1";
        NodeJob.Result result = new NodeJob(links, nodes.subList(0, 1))
                .run(
                        "build",
                        new Program.Command("sh", List.of("-c", script, "build", jobId, command)),
                        MpiLibrary.MUSTER,
                        spec.environment(),
                        LIMIT);
        String said = String.join("", result.out().values());
        Path log = kept.resolve("build.log");
        Files.writeString(log, said);
        if (result.outcome().kind() != JobOutcome.Kind.DONE) {
            throw refused(
                    result.outcome(),
                    "the build failed",
                    command + " on node " + nodes.getFirst().name(),
                    result.outcome().cause() + last(said),
                    "correct it, or name what it needs with --in; all it said is in " + log);
        }
        List<FoundFile> made =
                files(head).stream().filter(file -> !before.contains(file)).toList();
        spread(made, open);
        return made.size();
    }

    private List<FoundFile> files(NodeLink node) throws IOException {
        try {
            return node.agent().findFiles(jobId, ALL_FILES);
        } catch (AgentException e) {
            // A job without inputs.
            if (e.kind() == AgentException.Kind.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** Brings what the build made from the first node to the others. */
    private void spread(List<FoundFile> made, List<NodeLink> open) throws Exception {
        if (made.isEmpty() || open.size() == 1) {
            return;
        }
        Path folder = Files.createDirectories(kept.resolve("built"));
        try {
            OutputNames names = new OutputNames(folder, ALL_FILES);
            List<StagedFile> files = new ArrayList<>();
            for (FoundFile file : made) {
                names.check(file.relativePath());
                Path here = names.place(file.relativePath());
                try (OutputStream out = Files.newOutputStream(here)) {
                    open.getFirst().agent().fetch(jobId, file, out);
                }
                files.add(new StagedFile(here, file.relativePath(), file.executable()));
            }
            List<Callable<String>> staged = new ArrayList<>();
            for (NodeLink link : open.subList(1, open.size())) {
                staged.add(() -> {
                    link.agent().stage(jobId, files, bytes -> {});
                    return link.node();
                });
            }
            FanOut.all(staged, node -> {});
        } finally {
            Folders.delete(folder);
        }
    }

    private static String last(String said) {
        List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
        return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()).stream()
                .map(line -> "\n         " + line)
                .collect(Collectors.joining());
    }

    /** The user's command has failed when a rank has; else it was a node, or the time was up. */
    private static MusterException refused(JobOutcome outcome, String what, String where, String seen, String next) {
        MusterException.Kind kind =
                outcome.rank().isPresent() ? MusterException.Kind.INPUT : MusterException.Kind.INFRASTRUCTURE;
        return new MusterException(kind, what, where, seen, next);
    }
}
