package io.muster.cli.resident;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The line to one process whose command runs here. */
final class ServedCommand implements AutoCloseable {
    /** How often the other process hears that this one lives. */
    static final Duration ALIVE_EVERY = Duration.ofSeconds(2);

    private final SocketChannel channel;
    private final DataInputStream in;
    private final FrameWriter writer;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean outClosed;
    private Runnable onInterrupt = () -> {};
    private boolean interrupted;

    ServedCommand(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(Channels.newInputStream(channel));
        this.writer = new FrameWriter(channel);
    }

    /** What is to be run. Blocks. */
    CommandOrder order() throws IOException {
        return CommandOrder.read(in);
    }

    /** Has the other process run it. */
    void refuse() throws IOException {
        writer.send(Frame.REFUSED, 0);
    }

    /** Runs the command in this thread, if the other process still wants it, and tells that how it ended. */
    void run(CommandOrder order, CommandRunner runner) throws IOException {
        writer.send(Frame.TAKEN, 0);
        if (in.readByte() != Frame.GO) {
            return;
        }
        Thread.ofVirtual().name("command-listen").start(() -> listen(order.onlyShows()));
        Thread.ofVirtual().name("command-alive").start(this::tellAlive);
        try {
            int code = runner.run(order, new Output(Frame.OUT), new Output(Frame.ERR), this::onInterrupt);
            done.countDown();
            writer.send(Frame.EXIT, code);
        } finally {
            done.countDown();
        }
    }

    private synchronized void onInterrupt(Runnable action) {
        onInterrupt = action;
        if (interrupted) {
            action.run();
        }
    }

    private synchronized void interrupt() {
        interrupted = true;
        onInterrupt.run();
    }

    /** A job and its results are worth finishing though the process that asked is gone. */
    private void listen(boolean onlyShows) {
        try {
            while (true) {
                switch (in.readByte()) {
                    case Frame.INTERRUPT -> interrupt();
                    case Frame.OUT_CLOSED -> outClosed = true;
                    default -> throw new IOException("an unknown frame");
                }
            }
        } catch (IOException e) {
            outClosed = true;
            if (onlyShows && done.getCount() > 0) {
                interrupt();
            }
        }
    }

    private void tellAlive() {
        try {
            while (!done.await(ALIVE_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                writer.offer(Frame.ALIVE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Blocks until all that was said is written, or cannot be. */
    @Override
    public void close() throws IOException {
        writer.finish();
        channel.close();
    }

    /** One of the two streams of the command. */
    private final class Output extends OutputStream {
        private final byte kind;

        Output(byte kind) {
            this.kind = kind;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (kind == Frame.OUT && outClosed) {
                throw new IOException("nobody reads this any more");
            }
            writer.send(kind, length, bytes, offset, length);
        }
    }
}
