package io.muster.cli;

import io.muster.spec.JobSpec;
import io.muster.spec.MpiRuntime;
import io.muster.spec.Oversubscribe;
import io.muster.spec.Preparation;
import io.muster.spec.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code run} and {@code submit} are told about a job. */
final class JobOptions {
    @Parameters(index = "0", paramLabel = "CLUSTER", description = "The cluster to run on.")
    private String cluster = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PROGRAM ARGS",
            description = {
                "After --: a jar, a main class with --cp, or any command; then its arguments.",
            })
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-n", "-np", "--ranks", "--ntasks"},
            required = true,
            paramLabel = "RANKS",
            description = "Number of ranks.")
    private int ranks;

    @Option(
            names = {"--per-node", "--ntasks-per-node"},
            paramLabel = "K",
            description = "At most this many ranks on a node.")
    private @Nullable Integer perNode;

    @Option(
            names = "--in",
            paramLabel = "GLOB",
            description = {
                "Files that every node gets, from the current folder. May be given again.",
                "Arguments of the program that are files below the current folder go along without it."
            })
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "GLOB",
            description = "Files that come back to the current folder. May be given again.")
    private List<String> outputs = new ArrayList<>();

    @Mixin
    private VariableOptions variables = new VariableOptions();

    @Option(
            names = "--jvm-opt",
            paramLabel = "OPTION",
            description = "An option of every rank's JVM, as in --jvm-opt=-Xmx2g. May be given again.")
    private List<String> jvmOptions = new ArrayList<>();

    @Option(
            names = {"--cp", "--class-path"},
            paramLabel = "PATH",
            description = "Jars and folders with the main class, separated by colons.")
    private String classPath = "";

    @Option(
            names = "--runtime",
            paramLabel = "NAME",
            description = {
                "The message-passing library: muster, openmpi, mpich or mpj-express.",
                "Default: the first one of the cluster's sizing file."
            })
    private @Nullable String runtime;

    @Option(
            names = "--build",
            paramLabel = "COMMAND",
            description = {
                "A shell command that runs once, on one node, before the ranks start, as in --build 'make -C src'.",
                "What it makes goes to every node. It sees the files of --in."
            })
    private @Nullable String build;

    @Option(
            names = "--requirements",
            paramLabel = "FILE",
            description = {
                "A requirements file of pip. Each node gets a virtual environment with it, which is kept for the next",
                "job, and the program finds its python3 first."
            })
    private @Nullable String requirements;

    @Option(names = "--oversubscribe", description = "Allow more ranks than slots.")
    private boolean oversubscribe;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "End the job after this time, as in 30m, 1h30m or 01:30:00.")
    private @Nullable String time;

    @Option(names = "--name", paramLabel = "NAME", description = "A name for people.")
    private @Nullable String name;

    private static MpiRuntime runtime(String name) {
        return MpiRuntime.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no runtime " + name + "; choose one of " + MpiRuntime.names()));
    }

    String cluster() {
        return cluster;
    }

    /** The job as a record; a value that is out of bounds is the user's input error. */
    JobSpec spec(Surroundings surroundings) {
        try {
            JobSpec spec = JobSpec.of(ProgramWords.program(words, classPath), ranks)
                    .withInputs(inputs)
                    .withOutputs(outputs)
                    .withEnvironment(variables.variables(surroundings))
                    .withJvmOptions(jvmOptions)
                    .withPreparation(new Preparation(Optional.ofNullable(requirements), Optional.ofNullable(build)))
                    .withOversubscribe(oversubscribe ? Oversubscribe.ALLOW : Oversubscribe.REFUSE);
            spec = perNode == null ? spec : spec.withPerNode(perNode);
            spec = time == null ? spec : spec.withWallTime(TimeSpan.parseLimit(time));
            spec = runtime == null ? spec : spec.withRuntime(runtime(runtime));
            return name == null ? spec : spec.withName(name);
        } catch (IllegalArgumentException e) {
            throw Failures.refused(e, "job for cluster " + cluster, "correct it; muster run --help shows the options");
        }
    }
}
