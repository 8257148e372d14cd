package io.muster.agent;

import io.muster.host.HostCommand;
import io.muster.wire.ClusterIdentity;
import io.muster.wire.Conversation;
import io.muster.wire.SecureLines;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.LauncherRequest;
import io.muster.wireup.NameStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Names that the agent of another node keeps, for the ranks of one job on this node. Connects with the first call, and
 * stays connected, as what was published goes with the conversation. Thread-safe.
 */
final class RemoteNames implements NameStore {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Member keeper;
    private final ClusterIdentity identity;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Conversation<NameCall, LauncherAnswer> conversation;
    private boolean closed;

    RemoteNames(Member keeper, ClusterIdentity identity) {
        this.keeper = keeper;
        this.identity = identity;
    }

    @Override
    public boolean publish(String name, String port) throws IOException {
        return ask(new LauncherRequest.PublishName(name, port)).kind() == LauncherAnswer.Kind.DONE;
    }

    @Override
    public boolean unpublish(String name) throws IOException {
        return ask(new LauncherRequest.UnpublishName(name)).kind() == LauncherAnswer.Kind.DONE;
    }

    @Override
    public Optional<String> lookUp(String name) throws IOException {
        LauncherAnswer answer = ask(new LauncherRequest.LookUpName(name));
        return answer.kind() == LauncherAnswer.Kind.DONE ? Optional.of(answer.text()) : Optional.empty();
    }

    private LauncherAnswer ask(LauncherRequest request) throws IOException {
        lock.lock();
        try {
            LauncherAnswer answer = call(connected(), new NameCall.Ask(request));
            if (answer.kind() == LauncherAnswer.Kind.FAILED) {
                throw new IOException(answer.text());
            }
            return answer;
        } catch (IOException e) {
            throw new IOException(
                    "node " + keeper.name() + ", which keeps the names of the cluster: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private Conversation<NameCall, LauncherAnswer> connected() throws IOException {
        Conversation<NameCall, LauncherAnswer> open = conversation;
        if (closed) {
            throw new IOException("the job has ended");
        }
        if (open == null) {
            open = new Conversation<>(
                    SecureLines.connect(keeper.host(), keeper.port(), identity, NameCall.SERVICE, DEADLINE),
                    NameCall.CALLS,
                    NameCall.ANSWERS);
            conversation = open;
            Thread.ofVirtual().name("names").start(this::keepAlive);
        }
        return open;
    }

    private LauncherAnswer call(Conversation<NameCall, LauncherAnswer> open, NameCall call) throws IOException {
        try {
            open.send(call);
            return open.receive(DEADLINE).orElseThrow(() -> new IOException("it ended the conversation"));
        } catch (IOException e) {
            open.close();
            conversation = null;
            throw e;
        }
    }

    private void keepAlive() {
        boolean goesOn = true;
        while (goesOn) {
            try {
                Thread.sleep(HostCommand.HEARTBEAT);
                goesOn = sendHeartbeat();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                goesOn = false;
            } catch (IOException e) {
                // The next call connects again.
                goesOn = false;
            }
        }
    }

    private boolean sendHeartbeat() throws IOException {
        lock.lock();
        try {
            Conversation<NameCall, LauncherAnswer> open = conversation;
            if (open != null) {
                LauncherAnswer _ = call(open, new NameCall.Alive());
            }
            return open != null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (conversation != null) {
                conversation.close();
                conversation = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
