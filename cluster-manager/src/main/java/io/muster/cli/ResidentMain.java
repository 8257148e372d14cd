package io.muster.cli;

import io.muster.cli.resident.CommandOrder;
import io.muster.cli.resident.CommandServer;
import io.muster.cli.screen.Destination;
import io.muster.cli.screen.Destination.Kind;
import io.muster.cluster.MusterHome;
import io.muster.embedded.EmbeddedMuster;
import io.muster.embedded.ResidentProcess;
import io.muster.launch.QuickExit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The process that keeps connections to nodes, and runs the commands that find it. */
public final class ResidentMain {
    private ResidentMain() {}

    /**
     * Serves until it has nothing more to do.
     *
     * @param arguments those of {@link ResidentProcess#serve}; standard input is the agents to log in to at once
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        QuickExit.prepare();
        ResidentProcess.serve(
                List.of(arguments),
                System.in,
                socket -> CommandServer.start(socket, System.getenv(), ResidentMain::run));
        // A session that does not end must not keep the process.
        QuickExit.exit(ExitCode.DONE);
    }

    private static int run(CommandOrder order, OutputStream out, OutputStream err, Consumer<Runnable> interrupted) {
        // The process of the user leaves and ends by itself.
        Interrupts interrupts = new Interrupts(Thread.currentThread(), () -> {}, () -> {});
        interrupted.accept(interrupts::fire);
        return new MusterCli(surroundings(order, out, err), interrupts)
                .run(order.words().toArray(String[]::new));
    }

    private static Surroundings surroundings(CommandOrder order, OutputStream out, OutputStream err) {
        return new Surroundings(
                new Destination(out, kind(order.outIsTerminal())),
                new Destination(err, kind(order.errIsTerminal())),
                new InputElsewhere(order.inputWaits()),
                Optional.of(order.inputFile()).filter(file -> !file.isEmpty()).map(Path::of),
                ThisProcess.charset(),
                order.environment(),
                Path.of(order.folder()),
                MusterHome.of(order.environment()).root(),
                Optional.ofNullable(System.getProperty("muster.dist")).map(Path::of),
                Instant.ofEpochMilli(order.startedMillis()),
                home -> EmbeddedMuster.open(new MusterHome(home), order.environment()));
    }

    private static Kind kind(boolean terminal) {
        return terminal ? Kind.TERMINAL : Kind.PLAIN;
    }

    /** Standard input that stays with the process of the user. */
    private static final class InputElsewhere extends InputStream {
        private final boolean waits;

        private InputElsewhere(boolean waits) {
            this.waits = waits;
        }

        @Override
        public int available() {
            return waits ? 1 : 0;
        }

        @Override
        public int read() throws IOException {
            throw new IOException("standard input is not passed on to the resident process");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
        }
    }
}
