package io.muster.cli;

import io.muster.cli.resident.CommandClient;
import io.muster.cli.resident.CommandOrder;
import io.muster.cli.screen.Destination;
import io.muster.cli.screen.Destination.Kind;
import io.muster.cli.screen.ErrorBlock;
import io.muster.cli.screen.Screen;
import io.muster.cli.screen.Terminals;
import io.muster.cluster.MusterHome;
import io.muster.embedded.ResidentProcess;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A command that the resident process runs, where there is one and this process has nothing that it needs. */
final class ResidentCommand {
    private static final Set<String> SHOWING = Set.of("status", "jobs", "logs", "events");
    private static final Set<String> CHANGING = Set.of("run", "submit", "cancel");
    private static final Path STDIN = Path.of("/proc/self/fd/0");

    private ResidentCommand() {}

    /** Blocks until it is done; empty when this process has to run it. */
    static OptionalInt run(String... args) {
        Map<String, String> environment = System.getenv();
        if (!fits(List.of(args), environment)) {
            return OptionalInt.empty();
        }
        try {
            Optional<Path> socket = ResidentProcess.socket(MusterHome.of(environment), environment);
            if (socket.isEmpty() || !Files.exists(socket.get())) {
                return OptionalInt.empty();
            }
            CommandOrder order = order(List.of(args), environment);
            try (CommandClient client = CommandClient.send(socket.get(), order)) {
                return follow(client, args[0]);
            }
        } catch (IOException e) {
            // Nobody is there any more.
            return OptionalInt.empty();
        }
    }

    /** Whether a verb is one that a resident process runs. */
    static boolean takes(String verb) {
        return SHOWING.contains(verb) || CHANGING.contains(verb);
    }

    private static boolean fits(List<String> words, Map<String, String> environment) {
        boolean verb = !words.isEmpty() && takes(words.getFirst());
        boolean readsInput = words.contains("--stdin=-") || words.contains("-");
        // Whoever tunes the JVM means this one.
        return verb
                && !readsInput
                && environment.getOrDefault("MUSTER_JAVA_OPTS", "").isEmpty();
    }

    private static CommandOrder order(List<String> words, Map<String, String> environment) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        return new CommandOrder(
                words,
                environment,
                Path.of("").toAbsolutePath().toString(),
                Files.isRegularFile(STDIN) ? "/proc/" + self.pid() + "/fd/0" : "",
                inputWaits(),
                Terminals.kindOf(1, environment) == Kind.TERMINAL,
                Terminals.kindOf(2, environment) == Kind.TERMINAL,
                SHOWING.contains(words.getFirst()),
                ThisProcess.started().toEpochMilli(),
                CommandClient.traits());
    }

    private static boolean inputWaits() {
        try {
            return System.in.available() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static OptionalInt follow(CommandClient client, String verb) {
        AtomicInteger interrupts = new AtomicInteger();
        Signals.listen(List.of("INT"), () -> {
            if (interrupts.getAndIncrement() > 0) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
            client.interrupt();
        });
        // Clusters and jobs outlive a command that is ended.
        Signals.listen(List.of("TERM", "HUP"), () -> Runtime.getRuntime().halt(ExitCode.TERMINATED));
        // Not closed: whatever runs in this process next writes there, too.
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        FileOutputStream err = new FileOutputStream(FileDescriptor.err);
        return switch (client.await(out, err)) {
            case CommandClient.Result.Ended ended -> OptionalInt.of(ended.exitCode());
            case CommandClient.Result.NotRun _ ->
                interrupts.get() > 0 ? OptionalInt.of(ExitCode.INTERRUPTED) : OptionalInt.empty();
            case CommandClient.Result.Lost _ -> {
                explainLoss(verb, err);
                yield OptionalInt.of(ExitCode.INFRASTRUCTURE);
            }
        };
    }

    private static void explainLoss(String verb, OutputStream stderr) {
        Map<String, String> environment = System.getenv();
        Destination err = new Destination(stderr, Terminals.kindOf(2, environment));
        Screen screen = new Screen(err, err, ThisProcess.charset(), environment);
        screen.say(new ErrorBlock(
                        "the process that ran this command ended, or hangs",
                        "muster " + verb,
                        "no answer from the resident process",
                        CHANGING.contains(verb)
                                ? "see what became of the job: muster jobs; a job goes on without it"
                                : "run the command again")
                .render(screen));
    }
}
