package io.muster.cli.resident;

import io.muster.embedded.ResidentProcess;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Takes commands at a Unix socket in a folder of mode 0700 and runs them in this process, each in a thread of its own.
 * What it does not take, the process that the user started runs itself.
 */
public final class CommandServer implements ResidentProcess.Commands {
    /** Side by side; each may hold a table of a large cluster, and there is one heap. */
    private static final int MAX_COMMANDS = 8;

    private final Path socket;
    private final String traits;
    private final CommandRunner runner;
    private final ServerSocketChannel server;
    private final Semaphore places = new Semaphore(MAX_COMMANDS);

    private CommandServer(Path socket, String traits, CommandRunner runner, ServerSocketChannel server) {
        this.socket = socket;
        this.traits = traits;
        this.runner = runner;
        this.server = server;
    }

    /**
     * Serves from now on. Nobody else does at this socket; a file that is left of one who did is replaced.
     *
     * @param environment of this process
     */
    public static CommandServer start(Path socket, Map<String, String> environment, CommandRunner runner)
            throws IOException {
        String traits = ProcessTraits.ofThisProcess(environment);
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean done = false;
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            CommandServer started = new CommandServer(socket, traits, runner, server);
            Thread.ofVirtual().name("accept-commands").start(started::acceptAll);
            done = true;
            return started;
        } finally {
            if (!done) {
                server.close();
            }
        }
    }

    @Override
    public boolean isBusy() {
        return places.availablePermits() < MAX_COMMANDS;
    }

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                Thread.ofPlatform().name("command").daemon().start(() -> handle(channel));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void handle(SocketChannel channel) {
        try (ServedCommand command = new ServedCommand(channel)) {
            CommandOrder order = command.order();
            if (!order.traits().equals(traits) || !places.tryAcquire()) {
                command.refuse();
                return;
            }
            try {
                command.run(order, runner);
            } finally {
                places.release();
            }
        } catch (IOException e) {
            // The process that asked is gone.
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(socket);
        server.close();
    }
}
