package io.muster.cli;

import io.muster.api.MusterException;
import io.muster.launch.OutputPrinter;
import io.muster.mpirun.Mpirun;
import io.muster.mpirun.MpirunArguments;
import io.muster.mpirun.MpirunOrder;
import io.muster.spec.TimeSpan;
import io.muster.supervisor.JobOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "mpirun",
        header = "Run ranks on this machine alone, without a cluster.",
        customSynopsis = {
            "muster mpirun -n RANKS [--cp PATH]... [--env NAME[=VALUE]]...",
            "                     [--jvm-opt OPTION]... [--tag-output] [--transport NAME]",
            "                     [--time TIME] PROGRAM [ARGS...]"
        },
        description = "The exit code is that of the first rank that failed. Options stand before the program.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster mpirun -n 4 --cp build/classes org.example.Main 1000",
            "  muster mpirun -n 2 heat.jar --size 512"
        })
final class MpirunCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "1..*",
            paramLabel = "PROGRAM ARGS",
            description = "A jar, a main class or any command; then its arguments.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-n", "-np", "--ranks"},
            paramLabel = "RANKS",
            description = "Number of ranks (default: 1).")
    private int ranks = 1;

    @Option(
            names = {"--cp", "-cp", "--class-path"},
            paramLabel = "PATH",
            description = "Class path of a main class, or further entries beside a jar. May be given again.")
    private List<String> classPath = new ArrayList<>();

    @Mixin
    private VariableOptions variables = new VariableOptions();

    @Option(
            names = "--jvm-opt",
            paramLabel = "OPTION",
            description = "An option of every rank's JVM, as in --jvm-opt=-Xmx2g. May be given again.")
    private List<String> jvmOptions = new ArrayList<>();

    @Option(names = "--tag-output", description = "Begin every line of output with its rank, as in [3].")
    private boolean tag;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "End the ranks after this time, as in 30s or 01:30:00, with exit code 124.")
    private @Nullable String time;

    @Option(names = "--transport", paramLabel = "NAME", description = "shm or tcp; chosen when left out.")
    private @Nullable Transport transport;

    MpirunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        MpirunOrder order = order();
        session.interrupts().cleanUpAlsoOnTermination();
        try {
            JobOutcome outcome =
                    Mpirun.run(order, session.surroundings().out().stream(), session.surroundings().err().stream());
            if (outcome.kind() != JobOutcome.Kind.DONE) {
                session.screen().say("mpirun: " + outcome.cause());
            }
            return outcome.exitCode();
        } catch (IOException e) {
            throw new MusterException(
                    MusterException.Kind.INFRASTRUCTURE,
                    "this machine cannot run the ranks",
                    order.folder().toString(),
                    String.valueOf(e.getMessage()),
                    "check that /dev/shm and the folder for temporary files are writable and not full",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private MpirunOrder order() {
        Map<String, String> environment = new LinkedHashMap<>(variables.variables(session.surroundings()));
        if (transport != null) {
            environment.put(MpirunArguments.TRANSPORT_VARIABLE, StatusText.word(transport));
        }
        try {
            return new MpirunOrder(
                    MpirunArguments.program(words.getFirst(), classPath, words.subList(1, words.size())),
                    ranks,
                    session.folder().toAbsolutePath(),
                    environment,
                    jvmOptions,
                    tag ? OutputPrinter.Tags.RANK : OutputPrinter.Tags.NONE,
                    Optional.ofNullable(time).map(TimeSpan::parseLimit));
        } catch (IllegalArgumentException e) {
            throw Failures.refused(e, "muster mpirun", "correct it; muster mpirun --help shows the options");
        }
    }

    /** How ranks reach each other. */
    enum Transport {
        SHM,
        TCP
    }
}
