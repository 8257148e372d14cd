package io.muster.cluster;

import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.host.LibraryScripts;
import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import io.muster.login.PrepareLogin;
import io.muster.proof.MpjExpressProof;
import io.muster.proof.NativeProof;
import io.muster.proof.Proof;
import io.muster.provider.ProviderException;
import io.muster.spec.ClusterSpec;
import io.muster.spec.MpiRuntime;
import io.muster.spec.RuntimeSpec;
import io.muster.state.Cause;
import io.muster.state.ClusterPhase;
import io.muster.state.StoredCluster;
import io.muster.supervisor.JobOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Installs the message-passing libraries of a cluster where that is asked for, and proves each over all nodes. */
final class RuntimePhase {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(20);
    private static final Duration PROOF_LIMIT = Duration.ofSeconds(60);
    private static final int SHOWN_LINES = 8;

    /** Libraries below Open MPI and MPICH that would take the signals that a JVM needs. */
    private static final Map<String, String> LEAVE_SIGNALS =
            Map.of("UCX_ERROR_SIGNALS", "", "IPATH_NO_BACKTRACE", "1", "HFI_NO_BACKTRACE", "1");

    private final ClusterContext context;
    private final StoredCluster cluster;
    private final ClusterSpec spec;

    RuntimePhase(ClusterContext context, StoredCluster cluster, ClusterSpec spec) {
        this.context = context;
        this.cluster = cluster;
        this.spec = spec;
    }

    /** The runtimes that nodes may lack. */
    static List<RuntimeSpec> needed(ClusterSpec spec) {
        return spec.runtimes().stream()
                .filter(runtime -> runtime.runtime() != MpiRuntime.MUSTER)
                .toList();
    }

    /** Answers what was proved, as {@code openmpi 4.1.4}. */
    List<String> run() throws ProviderException, IOException, InterruptedException {
        NodeJob job = new NodeJob(new NodeLinks(context, cluster));
        List<String> proved = new ArrayList<>();
        for (RuntimeSpec runtime : needed(spec)) {
            if (!runtime.packages().isEmpty()) {
                install(job, runtime);
            }
            if (runtime.archive().isPresent()) {
                unpack(job, runtime, runtime.archive().get());
            }
            proved.add(runtime.runtime().text() + " " + prove(job, runtime));
        }
        if (hasLauncher(spec)) {
            prepareLogins(job);
        }
        return proved;
    }

    /** Whether a user who logs in finds an {@code mpirun}. */
    static boolean hasLauncher(ClusterSpec spec) {
        return spec.runtimes().stream()
                .anyMatch(runtime -> Libraries.of(runtime).hasLauncher());
    }

    /** The {@code mpirun} of a login is that of the first library which has one. */
    private void prepareLogins(NodeJob job) throws IOException, InterruptedException {
        List<MpiLibrary> libraries = needed(spec).stream()
                .map(Libraries::of)
                .filter(MpiLibrary::hasLauncher)
                .toList();
        List<String> arguments = new ArrayList<>(List.of(
                Boolean.toString(spec.provider().equals(ClusterSpec.LOCAL)),
                libraries.stream().map(LibraryScripts::setup).collect(Collectors.joining()),
                LibraryScripts.launcher(libraries.getFirst())));
        job.members()
                .forEach(node -> arguments.add(
                        node.name() + " " + node.address() + " " + node.agentPort() + " " + node.slots()));
        NodeJob.Result result = job.run(
                "login",
                new Program.MainClass(PrepareLogin.class.getName(), List.of(), arguments),
                MpiLibrary.MUSTER,
                Map.of(),
                PROOF_LIMIT);
        if (result.outcome().kind() != JobOutcome.Kind.DONE) {
            throw new MusterException(
                    Kind.INFRASTRUCTURE,
                    "the nodes cannot be prepared for logins",
                    "cluster " + cluster.name(),
                    seen(result),
                    "see that the disks of the nodes are not full, and run up again");
        }
    }

    private void install(NodeJob job, RuntimeSpec runtime) throws IOException, InterruptedException {
        boolean here = spec.provider().equals(ClusterSpec.LOCAL);
        List<String> arguments = new ArrayList<>(List.of("-c", Packages.SCRIPT, "packages", here ? "look" : "install"));
        arguments.addAll(runtime.packages());
        NodeJob.Result result = job.run(
                "packages",
                new Program.Command("sh", arguments),
                MpiLibrary.MUSTER,
                Map.of("DEBIAN_FRONTEND", "noninteractive"),
                INSTALL_LIMIT);
        if (result.outcome().kind() != JobOutcome.Kind.DONE) {
            throw refused(
                    runtime,
                    "packages of runtime " + runtime.runtime().text() + " are not there",
                    seen(result),
                    here
                            ? "install them on this machine, as its nodes are processes of it, and run up again"
                            : "correct packages: of the runtime, or install them yourself, and run up again");
        }
    }

    private void unpack(NodeJob job, RuntimeSpec runtime, Path archive) throws IOException, InterruptedException {
        if (!Files.isReadable(archive)) {
            throw refused(
                    runtime,
                    "the archive of runtime " + runtime.runtime().text() + " cannot be read",
                    archive + (Files.exists(archive) ? " is not readable" : " does not exist"),
                    "correct home: of the runtime (a relative path starts from the sizing file), and run up again");
        }
        NodeJob.Result result = job.run(
                "library",
                List.of(Archives.staged(archive)),
                Archives.unpack(runtime),
                MpiLibrary.MUSTER,
                Map.of(),
                INSTALL_LIMIT);
        if (result.outcome().kind() != JobOutcome.Kind.DONE) {
            throw refused(
                    runtime,
                    "the archive of runtime " + runtime.runtime().text() + " cannot be unpacked on the nodes",
                    archive + ": " + seen(result),
                    "name an archive that the tar of the nodes reads and that holds bin and lib, and run up again");
        }
    }

    /** Answers the version. */
    private String prove(NodeJob job, RuntimeSpec runtime) throws IOException, InterruptedException {
        String name = runtime.runtime().text();
        Program program = switch (runtime.runtime()) {
            case OPENMPI, MPICH -> new Program.MainClass(NativeProof.class.getName(), List.of(), List.of(name));
            case MPJ_EXPRESS -> new Program.MainClass(MpjExpressProof.class.getName(), List.of(), List.of());
            case MUSTER -> throw new IllegalArgumentException("runtime muster needs no proof of its own");
        };
        NodeJob.Result result = job.run("proof-" + name, program, Libraries.of(runtime), LEAVE_SIGNALS, PROOF_LIMIT);
        Map<String, List<String>> nodesOfVersion = new TreeMap<>();
        result.out()
                .forEach((node, text) -> text.lines()
                        .filter(line -> line.startsWith(Proof.VERSION))
                        .forEach(line -> nodesOfVersion
                                .computeIfAbsent(line.substring(Proof.VERSION.length()), any -> new ArrayList<>())
                                .add(node)));
        if (nodesOfVersion.size() > 1) {
            throw refused(
                    runtime,
                    "the nodes have several versions of runtime " + name,
                    nodesOfVersion.entrySet().stream()
                            .map(each -> each.getKey() + " on " + String.join(", ", each.getValue()))
                            .collect(Collectors.joining("; ")),
                    "install the same one on all, or name its folder as home: of the runtime, and run up again");
        }
        if (result.outcome().kind() != JobOutcome.Kind.DONE) {
            throw refused(runtime, "runtime " + name + " does not work on the nodes", seen(result), next(result));
        }
        String version = nodesOfVersion.keySet().stream().findFirst().orElse("");
        boolean right = runtime.version()
                .map(wanted -> version.equals(wanted) || version.startsWith(wanted + "."))
                .orElse(true);
        if (!right) {
            throw refused(
                    runtime,
                    "the nodes have another version of runtime " + name + " than the sizing file says",
                    "version " + version + ", and version: \""
                            + runtime.version().orElse("") + "\"",
                    "install that version, name its folder as home:, or correct version:, and run up again");
        }
        return version;
    }

    private static String next(NodeJob.Result result) {
        if (result.outcome().exitCode() != JobOutcome.WALL_TIME_PASSED) {
            return "install or correct the library on the nodes as said above, or remove the runtime from the sizing"
                    + " file, and run up again";
        }
        boolean computed = result.out().values().stream().allMatch(text -> text.contains(Proof.PROVED));
        return computed
                ? "the ranks have computed together, and MPI_Finalize does not return; MPICH 4.0 of Debian 12 has it"
                        + " as a fault over TCP: take another version, by home: of the runtime"
                : "see that the nodes let TCP connections among each other through, and run up again";
    }

    private static String seen(NodeJob.Result result) {
        List<String> said = result.err()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                .distinct()
                .limit(SHOWN_LINES)
                .toList();
        return result.outcome().cause()
                + said.stream().map(line -> "\n         " + line).collect(Collectors.joining());
    }

    private MusterException refused(RuntimeSpec runtime, String what, String seen, String next) {
        context.store()
                .clusters()
                .move(
                        cluster.id(),
                        ClusterPhase.DEGRADED,
                        Cause.of("runtime " + runtime.runtime().text() + " is not proved: " + what));
        return new MusterException(Kind.INFRASTRUCTURE, what, "cluster " + cluster.name(), seen, next);
    }
}
