package io.muster.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code muster} itself: the options that every command has. */
@Command(
        name = "muster",
        header = "Turns Linux machines into an MPI cluster, runs parallel jobs on it, and gives everything back.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  muster demo                        see everything once, on this machine",
            "  muster up heat.yaml                create the cluster of a sizing file",
            "  muster run heat -n 8 -- heat.jar   run a program on 8 ranks",
            "  muster down heat                   give everything back",
            "",
            "Exit codes: 0 done; from run, the job's own; 2 wrong input; 3 infrastructure",
            "failed; 4 not found; 130 interrupted.",
            "State is kept in ~/.muster, or in MUSTER_HOME."
        })
final class RootCommand implements Runnable {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    RootCommand(Session session) {
        this.session = session;
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    @SuppressWarnings("unused")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    @SuppressWarnings("unused")
    private boolean version;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Show the details of an error, with stack traces.")
    void verbose(boolean chosen) {
        session.verbose(chosen);
    }

    @Option(
            names = "--timings",
            scope = ScopeType.INHERIT,
            description = "Show on stderr how long each phase and each step of each node took.")
    void timings(boolean chosen) {
        session.timings(chosen);
    }

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "How the result is printed on stdout: text (default) or json.")
    void output(OutputFormat chosen) {
        session.format(chosen);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
