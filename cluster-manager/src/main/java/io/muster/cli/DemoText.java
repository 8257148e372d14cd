package io.muster.cli;

import io.muster.cli.document.DemoDocument;
import io.muster.cli.screen.Elapsed;
import io.muster.cli.screen.Screen;
import io.muster.cli.screen.Style;
import io.muster.cli.screen.Table;
import io.muster.spec.JobSpec;
import io.muster.spec.NodeGroup;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** The end of a demo for a person: times, the picture, and how to do it by hand. */
final class DemoText {
    private DemoText() {}

    /** {@code command} is how Muster was called. */
    static String of(DemoDocument result, Demo demo, Screen screen, String command) {
        StringBuilder text =
                new StringBuilder("\n").append(times(result, screen)).append("\n\n");
        for (String output : result.outputs()) {
            String label = output.endsWith(".png") ? "picture" : "residual";
            text.append(screen.result(Style.BOLD, String.format("%-9s", label)))
                    .append(output)
                    .append('\n');
        }
        result.keptCluster()
                .ifPresent(name -> text.append(screen.result(Style.BOLD, "cluster  "))
                        .append(name + " stands; " + command + " down " + name + " destroys it\n"));
        text.append("\nThe same by hand:\n\n").append(byHand(demo, command));
        return text.toString();
    }

    private static String times(DemoDocument result, Screen screen) {
        Table table = new Table("PHASE", "TIME>", "SHARE>");
        for (DemoDocument.Phase phase : result.phases()) {
            double share = result.totalSeconds() > 0 ? 100 * phase.seconds() / result.totalSeconds() : 0;
            table.row(phase.phase(), time(phase.seconds()), String.format(Locale.ROOT, "%.0f %%", share));
        }
        table.row("total", time(result.totalSeconds()), "");
        return table.render(screen);
    }

    private static String byHand(Demo demo, String command) {
        NodeGroup nodes = demo.spec().groups().getFirst();
        JobSpec job = demo.job();
        String outs = job.outputs().stream().map(glob -> " --out " + glob).collect(Collectors.joining());
        String args = String.join(" ", job.program().args());
        return "  printf 'cluster: heat\\nprovider: local\\nnodes: {count: " + nodes.count() + ", slots: "
                + nodes.slots().orElse(1) + "}\\n' > heat.yaml\n"
                + "  " + command + " plan heat.yaml\n"
                + "  " + command + " up heat.yaml\n"
                + "  " + command + " run heat -n " + job.ranks() + outs + " -- " + ShellWords.quoted(demo.jar()) + " "
                + args
                + "\n"
                + "  " + command + " down heat";
    }

    private static String time(double seconds) {
        return Elapsed.text(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
