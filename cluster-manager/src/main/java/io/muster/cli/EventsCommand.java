package io.muster.cli;

import io.muster.cli.document.EventDocument;
import io.muster.cli.document.Json;
import io.muster.cli.screen.Screen;
import io.muster.cli.screen.Style;
import io.muster.state.Event;
import io.muster.state.JobId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "events",
        header = "Show every change of a cluster, its nodes and its jobs, oldest first.",
        description = "With --output json, one object a line. Also after the cluster is gone.",
        footerHeading = "%nExamples:%n",
        footer = {"  muster events heat", "  muster events heat --output json | tail -n 1"})
final class EventsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "CLUSTER", description = "The cluster.")
    private String cluster = "";

    EventsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Screen screen = session.screen();
        for (Event event : session.api().events(cluster)) {
            screen.print(
                    switch (session.format()) {
                        case TEXT -> text(event, screen);
                        case JSON -> Json.line(EventDocument.of(event));
                    });
        }
        return ExitCode.DONE;
    }

    private static String text(Event event, Screen screen) {
        String about = event.job()
                .map(JobId::toString)
                .or(event::node)
                .orElse(event.clusterName().text());
        String line = screen.result(Style.DIM, StatusText.time(event.time())) + "  " + String.format("%-12s", about)
                + "  " + event.message();
        return event.details().isBlank()
                ? line
                : line + screen.result(Style.DIM, " (" + oneLine(event.details()) + ")");
    }

    private static String oneLine(String details) {
        return details.strip().replaceAll("\\p{Cntrl}+", " ");
    }
}
