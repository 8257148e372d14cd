package io.muster.cli.resident;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** The process that the user started, when its command runs in another one: prints what that says, passes Ctrl-C on. */
public final class CommandClient implements AutoCloseable {
    /** A resident process that says nothing for so long is stopped or starved. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    /** For the answer that the command is taken. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);

    private final SocketChannel channel;
    private final DataInputStream in;
    private final boolean repeatable;
    private volatile long heardNanos = System.nanoTime();
    private volatile boolean taken;
    private boolean saidSomething;
    private boolean outClosed;

    /** How a command went. */
    public sealed interface Result {
        /** It has ended with this exit code. */
        record Ended(int exitCode) implements Result {}

        /** Nothing of it has happened: this process has to run it. */
        record NotRun() implements Result {}

        /** Nobody knows: the other process ended, or hangs. */
        record Lost() implements Result {}
    }

    private CommandClient(SocketChannel channel, boolean repeatable) {
        this.channel = channel;
        this.in = new DataInputStream(Channels.newInputStream(channel));
        this.repeatable = repeatable;
    }

    /**
     * Passes a command on.
     *
     * @param socket where a resident process may listen
     * @throws IOException when nobody listens
     */
    public static CommandClient send(Path socket, CommandOrder order) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        boolean done = false;
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            CommandClient client = new CommandClient(channel, order.onlyShows());
            // Before the order, which may be more than a process that hangs leaves room for.
            Thread.ofVirtual().name("silence").start(client::watch);
            order.write(new DataOutputStream(Channels.newOutputStream(channel)));
            done = true;
            return client;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    /**
     * What this process passes on of itself.
     *
     * @throws IOException when it cannot be told
     */
    public static String traits() throws IOException {
        return ProcessTraits.ofThisProcess(System.getenv());
    }

    /** Passes Ctrl-C on, or gives up a command that has not begun; in any thread. */
    public synchronized void interrupt() {
        if (taken) {
            tell(Frame.INTERRUPT);
            return;
        }
        try {
            close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    private synchronized void begin() {
        taken = true;
        tell(Frame.GO);
    }

    /**
     * Prints what the command says until it has ended. Blocks.
     *
     * @param out unbuffered, not closed here
     * @param err unbuffered, not closed here
     */
    public Result await(OutputStream out, OutputStream err) {
        try {
            while (true) {
                byte kind = in.readByte();
                int number = in.readInt();
                heardNanos = System.nanoTime();
                switch (kind) {
                    case Frame.TAKEN -> begin();
                    case Frame.REFUSED -> {
                        return new Result.NotRun();
                    }
                    case Frame.OUT -> print(out, in.readNBytes(number));
                    case Frame.ERR -> say(err, in.readNBytes(number));
                    case Frame.EXIT -> {
                        return new Result.Ended(number);
                    }
                    default -> {}
                }
            }
        } catch (IOException e) {
            return taken && (saidSomething || !repeatable) ? new Result.Lost() : new Result.NotRun();
        }
    }

    private void print(OutputStream out, byte[] bytes) {
        saidSomething = true;
        if (outClosed) {
            return;
        }
        try {
            out.write(bytes);
        } catch (IOException e) {
            outClosed = true;
            tell(Frame.OUT_CLOSED);
        }
    }

    private void say(OutputStream err, byte[] bytes) {
        saidSomething = true;
        try {
            err.write(bytes);
        } catch (IOException e) {
            // Nobody reads messages: the command goes on, as it does where it runs by itself.
        }
    }

    private synchronized void tell(byte kind) {
        try {
            boolean _ = channel.write(ByteBuffer.wrap(new byte[] {kind})) > 0;
        } catch (IOException e) {
            // Noticed by whoever reads.
        }
    }

    private void watch() {
        try {
            while (channel.isOpen()) {
                Duration deadline = taken ? SILENCE : FIRST_ANSWER;
                long left = heardNanos + deadline.toNanos() - System.nanoTime();
                if (left <= 0) {
                    close();
                    return;
                }
                Thread.sleep(Duration.ofNanos(left));
            }
        } catch (IOException e) {
            // It is closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
