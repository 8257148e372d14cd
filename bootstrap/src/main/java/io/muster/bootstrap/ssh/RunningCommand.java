package io.muster.bootstrap.ssh;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.connection.channel.direct.Session;

/**
 * A command on a node that lines are exchanged with. Closing it ends its standard input, which is how the command
 * learns that it is over; so does the loss of the connection. One thread writes and one reads, which may be the same.
 */
public final class RunningCommand implements AutoCloseable {
    private static final int MAX_LINE_BYTES = 4096;
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final SshTarget target;
    private final Session channel;
    private final OutputStream in;
    private final ChannelInput out;
    private final CompletableFuture<String> errors = new CompletableFuture<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile int timeoutMs;

    RunningCommand(SshTarget target, Session channel, Session.Command running) {
        this.target = target;
        this.channel = channel;
        this.in = running.getOutputStream();
        this.out = new ChannelInput(running.getInputStream(), () -> timeoutMs);
        Thread.ofVirtual().name("ssh-errors").start(() -> errors.complete(drain(running.getErrorStream())));
    }

    /** Writes to the command's standard input; blocks while the node does not read. */
    public void write(StreamWriter content) throws IOException {
        content.writeTo(in);
        in.flush();
    }

    /** Writes one line. */
    public void writeLine(String line) throws IOException {
        write(StreamWriter.of((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Waits for the next line of its standard output; may be called again after its deadline.
     *
     * @return empty when the output has ended
     * @throws SshException when there is no whole line until the deadline
     */
    public Optional<String> readLine(Duration deadline) throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + deadline.toNanos();
        try {
            while (line.size() < MAX_LINE_BYTES) {
                timeoutMs = (int) Math.max(1, (endNanos - System.nanoTime()) / 1_000_000);
                int next = out.read();
                if (next < 0) {
                    return Optional.empty();
                }
                if (next == '\n') {
                    String whole = line.toString(StandardCharsets.UTF_8);
                    line.reset();
                    return Optional.of(whole);
                }
                line.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw new SshException(
                    SshException.Kind.TIMED_OUT,
                    target + ": a command said nothing in " + deadline.toMillis() / 1000.0 + " s",
                    e);
        } catch (InterruptedIOException e) {
            throw new InterruptedException(e.getMessage());
        }
        throw new SshException(SshException.Kind.LOST, target + ": a command says a line without an end");
    }

    /** What it said on its error output, once that has ended; waits for it shortly. */
    public String errors() throws InterruptedException {
        try {
            return errors.get(TO_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return "";
        }
    }

    /** Ends its standard input and lets go of it; what the node does about that goes on in the background. */
    @Override
    public void close() {
        out.close();
        // A writer that is blocked holds the stream, so the channel does not wait for the good-bye.
        Thread.ofVirtual().start(() -> closeQuietly(in));
        Thread.ofVirtual().start(() -> {
            try {
                errors.get(TO_END.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // The command does not listen; closing the channel is all that is left.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            closeQuietly(channel);
        });
    }

    private static void closeQuietly(Closeable what) {
        try {
            what.close();
        } catch (IOException e) {
            // The connection is gone, and this with it.
        }
    }

    private static String drain(InputStream from) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[MAX_LINE_BYTES];
        try {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                kept.write(buffer, 0, Math.clamp(SshSession.MAX_OUTPUT_BYTES - kept.size(), 0, read));
            }
        } catch (IOException e) {
            // What had arrived is what there is.
        }
        return kept.toString(StandardCharsets.UTF_8);
    }
}
