package io.muster.wireup;

import io.muster.launch.RandomBytes;
import io.muster.launch.RankEnvironment;
import io.muster.wire.Conversation;
import io.muster.wire.Line;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A rank's line over the loopback port of its launcher. */
public final class SocketWireUp implements WireUp {
    private static final Duration PROOF_DEADLINE = Duration.ofSeconds(60);

    /** A launcher with too many strangers at its door sends the oldest away, which may be a slow rank. */
    private static final int TRIES = 4;

    private static final long BETWEEN_TRIES_MS = 250;

    private final RankEnvironment environment;
    private final Conversation<WireUpMessage, WireUpMessage> line;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<RankLost> lost = new ArrayList<>();
    private final List<Consumer<RankLost>> listeners = new ArrayList<>();
    private final PendingRequests requests = new PendingRequests();
    private @Nullable List<RankAddress> table;
    private @Nullable String broken;

    private SocketWireUp(RankEnvironment environment, Conversation<WireUpMessage, WireUpMessage> line) {
        this.environment = environment;
        this.line = line;
    }

    /**
     * Connects to the launcher and proves to be the rank; the launcher proves itself, too. Blocks until then.
     *
     * @throws IOException when there is no launcher, or it does not know the secret of the job
     */
    public static WireUp connect(RankEnvironment environment) throws IOException {
        SocketWireUp wireUp = new SocketWireUp(environment, letIn(environment));
        Thread.ofPlatform().name("muster-wire-up").daemon().start(wireUp::listen);
        return wireUp;
    }

    private static Conversation<WireUpMessage, WireUpMessage> letIn(RankEnvironment environment) throws IOException {
        for (int tries = 1; ; tries++) {
            Socket socket = new Socket(WireUpServer.loopback(), environment.wireUpPort());
            Conversation<WireUpMessage, WireUpMessage> line =
                    new Conversation<>(new Line(socket), WireUpServer.MESSAGES, WireUpServer.MESSAGES);
            try {
                prove(environment, line);
                return line;
            } catch (IOException e) {
                line.close();
                if (tries == TRIES || e instanceof SocketTimeoutException) {
                    throw new IOException(
                            "rank " + environment.rank() + ": the launcher at port " + environment.wireUpPort()
                                    + " did not let it in (" + e.getMessage() + "); was this rank started by it?",
                            e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN_TRIES_MS));
            }
        }
    }

    private static void prove(RankEnvironment environment, Conversation<WireUpMessage, WireUpMessage> line)
            throws IOException {
        JobSecret secret = new JobSecret(Files.readAllBytes(environment.secretFile()));
        int rank = environment.rank();
        byte[] nonce = RandomBytes.of(JobSecret.NONCE_BYTES);
        if (!(receive(line) instanceof WireUpMessage.Challenge challenge)) {
            throw new IOException("it did not ask for a proof");
        }
        line.send(new WireUpMessage.Hello(rank, nonce, secret.proof("rank", rank, challenge.nonce(), nonce)));
        if (!(receive(line) instanceof WireUpMessage.Welcome welcome)
                || !secret.proves(welcome.mac(), "launcher", rank, challenge.nonce(), nonce)) {
            throw new IOException("it does not know the secret of the job");
        }
    }

    private static WireUpMessage receive(Conversation<WireUpMessage, WireUpMessage> line) throws IOException {
        return line.receive(PROOF_DEADLINE).orElseThrow(() -> new IOException("it closed the line"));
    }

    private void listen() {
        String reason = "the launcher closed the line";
        try {
            Optional<WireUpMessage> message = line.receive();
            while (message.isPresent()) {
                switch (message.get()) {
                    case WireUpMessage.Table all -> tableCame(all.addresses());
                    case WireUpMessage.Lost gone -> rankLost(gone.rank());
                    case WireUpMessage.Answer answer -> requests.answered(answer);
                    case WireUpMessage other -> throw new IOException("the launcher sent " + other);
                }
                message = line.receive();
            }
        } catch (IOException e) {
            reason = "the line to the launcher broke: " + e.getMessage();
        }
        requests.breakOff(reason);
        lock.lock();
        try {
            broken = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void tableCame(List<RankAddress> addresses) {
        lock.lock();
        try {
            table = addresses;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void rankLost(RankLost gone) {
        List<Consumer<RankLost>> receivers;
        lock.lock();
        try {
            lost.add(gone);
            receivers = List.copyOf(listeners);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        receivers.forEach(listener -> listener.accept(gone));
    }

    @Override
    public List<RankAddress> exchange(RankAddress mine, Duration deadline) throws IOException {
        line.send(new WireUpMessage.Publish(mine));
        long leftNanos = deadline.toNanos();
        lock.lock();
        try {
            while (table == null) {
                if (broken != null) {
                    throw failed(broken);
                }
                if (!lost.isEmpty()) {
                    RankLost first = lost.getFirst();
                    throw failed(first.who() + " is gone: " + first.reason());
                }
                if (leftNanos <= 0) {
                    throw failed("not all of the " + environment.size() + " ranks called Init within "
                            + TimeUnit.NANOSECONDS.toMillis(deadline.toNanos()) + " ms; do all run this program?");
                }
                leftNanos = changed.awaitNanos(leftNanos);
            }
            return table;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        } finally {
            lock.unlock();
        }
    }

    private IOException failed(String why) {
        return new IOException("rank " + environment.rank() + " of job " + environment.jobId()
                + " cannot learn the addresses of the others: " + why);
    }

    @Override
    public void onRankLost(Consumer<RankLost> listener) {
        List<RankLost> past;
        lock.lock();
        try {
            listeners.add(listener);
            past = List.copyOf(lost);
        } finally {
            lock.unlock();
        }
        past.forEach(listener);
    }

    @Override
    public LauncherAnswer ask(LauncherRequest request) throws IOException {
        return requests.ask(request, line::send);
    }

    @Override
    public void abort(int exitCode, String reason) {
        sendQuietly(new WireUpMessage.Abort(exitCode, reason));
    }

    @Override
    public void goodbye() {
        sendQuietly(new WireUpMessage.Goodbye());
    }

    private void sendQuietly(WireUpMessage message) {
        try {
            line.send(message);
        } catch (IOException e) {
            // Without a launcher there is nobody to tell; it ends this rank's process, if it still can.
            line.close();
        }
    }

    @Override
    public void close() {
        line.close();
    }
}
