package io.muster.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "up",
        header = "Create the cluster of a sizing file, or repair and complete it.",
        description = {
            "Run it again after a failure: what is there stays, what is missing or dead is made anew.",
            "With a changed file, nodes come and go until the cluster is as the file says."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  muster up heat.yaml", "  muster up heat.yaml --yes --output json"})
final class UpCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The sizing file.")
    private Path file = Path.of("");

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before creating what costs money.")
    private boolean yes;

    UpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new BringUp(session, yes).run(SizingFile.read(session, file));
    }
}
