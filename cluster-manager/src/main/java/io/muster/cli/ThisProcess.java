package io.muster.cli;

import io.muster.cli.screen.Destination;
import io.muster.cli.screen.Terminals;
import io.muster.cluster.MusterHome;
import io.muster.embedded.EmbeddedMuster;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command with the real streams, signals, environment and manager of this process. */
final class ThisProcess {
    private ThisProcess() {}

    static int run(String[] args) {
        Interrupts interrupts = new Interrupts(
                Thread.currentThread(),
                () -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED),
                () -> System.exit(ExitCode.TERMINATED));
        Signals.listen(List.of("INT"), interrupts::fire);
        Signals.listen(List.of("TERM", "HUP"), interrupts::terminate);
        return new MusterCli(surroundings(System.getenv()), interrupts).run(args);
    }

    private static Surroundings surroundings(Map<String, String> environment) {
        return new Surroundings(
                new Destination(new FileOutputStream(FileDescriptor.out), Terminals.kindOf(1, environment)),
                new Destination(new FileOutputStream(FileDescriptor.err), Terminals.kindOf(2, environment)),
                System.in,
                Optional.of(Path.of("/proc/self/fd/0")).filter(Files::isRegularFile),
                charset(),
                environment,
                // Relative, so that messages name files as the user did.
                Path.of(""),
                MusterHome.of(environment).root(),
                Optional.ofNullable(System.getProperty("muster.dist")).map(Path::of),
                started(),
                home -> EmbeddedMuster.open(new MusterHome(home), environment));
    }

    /** What its terminal shows. */
    static Charset charset() {
        return Charset.forName(System.getProperty("native.encoding", "UTF-8"), Charset.defaultCharset());
    }

    /** When it started. */
    static Instant started() {
        return ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    }
}
