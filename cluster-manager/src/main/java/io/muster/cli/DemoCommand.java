package io.muster.cli;

import io.muster.cli.document.DemoDocument;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        header = "Show everything once: a cluster on this machine, a heat simulation, its picture.",
        description = "Everything is gone at the end, also after Ctrl-C or a failure; the picture stays.",
        footerHeading = "%nExamples:%n",
        footer = {"  muster demo", "  muster demo --nodes 2 --ranks 4 --keep"})
final class DemoCommand implements Callable<Integer> {
    private static final int MAX_NODES = 64;
    private static final int MAX_RANKS = 256;

    private final Session session;

    @Option(names = "--nodes", paramLabel = "N", description = "Nodes of the cluster (default: 4).")
    private int nodes = 4;

    @Option(names = "--ranks", paramLabel = "N", description = "Ranks of the simulation (default: 8).")
    private int ranks = 8;

    @Option(names = "--keep", description = "Let the cluster stand at the end.")
    private boolean keep;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        checkRange("--nodes", nodes, MAX_NODES);
        checkRange("--ranks", ranks, MAX_RANKS);
        Demo demo = Demo.prepare(session, nodes, ranks);
        DemoDocument result = demo.run(keep ? Demo.AtTheEnd.KEEP : Demo.AtTheEnd.DESTROY);
        session.result(
                result,
                () -> DemoText.of(
                        result, demo, session.screen(), session.surroundings().command()));
        return ExitCode.DONE;
    }

    private static void checkRange(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw Failures.wrongInput(
                    "a demo needs another number of " + option.substring(2),
                    "muster demo " + option,
                    Integer.toString(value),
                    "give a number from 1 to " + max);
        }
    }
}
