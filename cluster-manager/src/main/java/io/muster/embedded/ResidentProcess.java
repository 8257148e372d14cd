package io.muster.embedded;

import io.muster.bootstrap.master.Companion;
import io.muster.bootstrap.master.MasterService;
import io.muster.cluster.MasterProcess;
import io.muster.cluster.MusterHome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The process that stays between commands: it keeps connections to nodes, and can run commands. */
public final class ResidentProcess {
    private ResidentProcess() {}

    /** What takes commands in that process, while it lives. */
    public interface Commands {
        /** Whether one runs, which keeps the process. */
        boolean isBusy();

        /** Takes no more. */
        void close() throws IOException;
    }

    /** Begins to take commands. */
    @FunctionalInterface
    public interface Beginning {
        /**
         * Called once, when the process has become the one of its home.
         *
         * @param socket where commands come; nobody else listens there
         */
        Commands begin(Path socket) throws IOException;
    }

    /** Where it takes commands, if the environment and this installation allow that there is one. */
    public static Optional<Path> socket(MusterHome home, Map<String, String> environment) throws IOException {
        return MasterProcess.commands(home, environment);
    }

    /**
     * Makes this process the one of its home, until it has nothing more to do; returns at once when another process is.
     *
     * @param arguments the Unix socket for commands; that for connections; milliseconds that it waits for somebody to
     *     use one of them
     * @param first agents to log in to at once, as the manager wrote them
     */
    public static void serve(List<String> arguments, InputStream first, Beginning commands)
            throws IOException, InterruptedException {
        Beside beside = new Beside(Path.of(arguments.getFirst()), commands);
        Duration idle = Duration.ofMillis(Long.parseLong(arguments.get(2)));
        MasterService.run(Path.of(arguments.get(1)), idle, first, beside);
    }

    private static final class Beside implements Companion {
        private final Path socket;
        private final Beginning beginning;
        private volatile @Nullable Commands commands;

        private Beside(Path socket, Beginning beginning) {
            this.socket = socket;
            this.beginning = beginning;
        }

        @Override
        public void start() throws IOException {
            commands = beginning.begin(socket);
        }

        @Override
        public boolean isBusy() {
            Commands begun = commands;
            return begun != null && begun.isBusy();
        }

        @Override
        public void close() throws IOException {
            Commands begun = commands;
            if (begun != null) {
                begun.close();
            }
        }
    }
}
