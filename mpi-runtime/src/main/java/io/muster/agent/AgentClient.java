package io.muster.agent;

import io.muster.supervisor.JobEvent;
import io.muster.supervisor.JobOrder;
import io.muster.supervisor.JournalEntry;
import io.muster.wire.ClusterIdentity;
import io.muster.wire.Dialer;
import io.muster.wire.LineOpener;
import io.muster.wire.SecureLines;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An agent, from outside. Thread-safe: calls at the same time have connections of their own, so they do not wait for
 * each other; calls that follow each other closely share one.
 *
 * <p>All methods block. They throw {@link AgentException} when the agent refused or failed, and another
 * {@link IOException} when it could not be reached or the connection broke.
 */
public final class AgentClient implements AutoCloseable {
    /** Much less than the agent waits for the next request of a conversation. */
    private static final long KEPT_NANOS = 20_000_000_000L;

    /** Who ends the connection of a conversation that asks for nothing when the client is closed. */
    private enum Carrier {
        OWN,
        /** A session that is closed next: to end a channel of it at the same moment would race with that. */
        SESSION
    }

    private final Carrier carrier;
    private final LineOpener lines;
    private final Set<AgentCall> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Idle> idle = new AtomicReference<>();
    private volatile boolean closed;

    private AgentClient(Carrier carrier, LineOpener lines) {
        this.carrier = carrier;
        this.lines = lines;
    }

    /**
     * Reaches an agent and makes sure that it is of the cluster.
     *
     * @param host where the agent listens, or this end of a tunnel to it
     * @param timeout for connecting, now and in each call
     */
    public static AgentClient connect(String host, int port, ClusterIdentity identity, Duration timeout)
            throws IOException {
        return connect(Dialer.tcp(host, port), host + ":" + port, identity, timeout);
    }

    /**
     * Reaches an agent through a tunnel and makes sure that it is of the cluster.
     *
     * @param dialer makes a connection to the agent's port, a new one for each call
     * @param where the agent, for messages
     */
    public static AgentClient connect(Dialer dialer, String where, ClusterIdentity identity, Duration timeout)
            throws IOException {
        AgentClient client = over(lines(dialer, where, identity, timeout));
        client.describe();
        return client;
    }

    /** A client whose conversations go over these lines. The first call finds out whether the agent answers. */
    public static AgentClient over(LineOpener lines) {
        return new AgentClient(Carrier.OWN, lines);
    }

    /**
     * The same over lines of a session that the caller closes after this client. The first call finds out whether the
     * agent answers. Does not block.
     */
    public static AgentClient through(LineOpener lines) {
        return new AgentClient(Carrier.SESSION, lines);
    }

    /**
     * Opens lines to an agent that prove both sides to be of the cluster.
     *
     * @param dialer makes a connection to the agent's port
     * @param where the agent, for messages
     * @param timeout for each step of connecting
     */
    public static LineOpener lines(Dialer dialer, String where, ClusterIdentity identity, Duration timeout) {
        return () -> SecureLines.connect(dialer, where, identity, AgentCall.SERVICE, timeout);
    }

    /** What the agent says of itself and its node. */
    public AgentDescription describe() throws IOException {
        return ask(new AgentRequest.Describe(), AgentReply.Described.class).description();
    }

    /**
     * Brings files to the work folder of a job on this node. Content that the node has is not sent again. A file is
     * there wholly or not at all, also when this fails, for one when the disk is full.
     *
     * @param progress gets the number of bytes that are done, each time there are more
     */
    public void stage(String jobId, List<StagedFile> files, LongConsumer progress) throws IOException {
        // Before the call: it may take longer than the agent waits for a client.
        List<String> sha256 = new ArrayList<>();
        for (StagedFile file : files) {
            sha256.add(Staging.sha256(file));
        }
        try (AgentCall call = open()) {
            Staging staging = new Staging(call, jobId, progress);
            for (int i = 0; i < files.size(); i++) {
                staging.stage(files.get(i), sha256.get(i));
            }
            call.done();
        }
    }

    /** Has the job started with this node as its head; returns when its supervisor has accepted it. */
    public void submit(JobOrder order) throws IOException {
        ask(new AgentRequest.Submit(order), AgentReply.Done.class);
    }

    /**
     * Delivers the journal of a job, from an offset to its end, and waits for what is not written yet. An entry is
     * delivered once; after a failure, go on from the last entry's {@link JournalEntry#nextOffset()}.
     *
     * @return whether the end came; false when {@link #close()} was called before it
     */
    public boolean follow(String jobId, long fromOffset, Consumer<JournalEntry> consumer) throws IOException {
        return entries(new AgentRequest.Follow(jobId, fromOffset), consumer);
    }

    /**
     * Delivers what stands in the journal of a job now, from an offset on, and does not wait for more.
     *
     * @return whether the end of the job was among it; false when the job goes on, when {@code fromOffset} lies behind
     *     its end, or when {@link #close()} was called
     */
    public boolean followPresent(String jobId, long fromOffset, Consumer<JournalEntry> consumer) throws IOException {
        return entries(new AgentRequest.FollowPresent(jobId, fromOffset), consumer);
    }

    private boolean entries(AgentRequest request, Consumer<JournalEntry> consumer) throws IOException {
        AgentCall call = open();
        try (call) {
            call.send(request);
            boolean ended = false;
            while (true) {
                AgentReply reply = call.receive();
                if (reply instanceof AgentReply.Done) {
                    call.done();
                    return ended;
                }
                if (reply instanceof AgentReply.Entry entry) {
                    ended = entry.entry().event() instanceof JobEvent.Ended;
                    consumer.accept(entry.entry());
                } else if (!(reply instanceof AgentReply.Heartbeat)) {
                    throw call.unexpected(reply);
                }
            }
        } catch (IOException e) {
            if (closed) {
                return false;
            }
            throw e;
        }
    }

    /** Asks for the end of a job; returns before it has ended. A job that has ended stays as it is. */
    public void cancel(String jobId, String reason) throws IOException {
        ask(new AgentRequest.Cancel(jobId, reason), AgentReply.Done.class);
    }

    /** The jobs whose head this node is or was, until they are removed. */
    public List<JobSummary> jobs() throws IOException {
        return ask(new AgentRequest.ListJobs(), AgentReply.Jobs.class).jobs();
    }

    /** Files in the job's work folder on this node whose relative path matches one of the globs. */
    public List<FoundFile> findFiles(String jobId, List<String> globs) throws IOException {
        List<FoundFile> found = new ArrayList<>();
        try (AgentCall call = open()) {
            call.send(new AgentRequest.FindFiles(jobId, globs));
            while (true) {
                AgentReply reply = call.receive();
                if (reply instanceof AgentReply.Done) {
                    call.done();
                    return found;
                }
                if (reply instanceof AgentReply.Files files) {
                    found.addAll(files.files());
                    if (found.size() > JobFiles.MAX_FILES) {
                        throw new IOException("it lists more than " + JobFiles.MAX_FILES + " files");
                    }
                } else if (!(reply instanceof AgentReply.Heartbeat)) {
                    throw call.unexpected(reply);
                }
            }
        }
    }

    /**
     * Copies a file of the job's work folder on this node to {@code target}, which stays open.
     *
     * @param file as {@link #findFiles} told
     * @throws IOException also when what arrives is not what was told; then {@code target} has got a wrong part
     */
    public void fetch(String jobId, FoundFile file, OutputStream target) throws IOException {
        try (AgentCall call = open()) {
            MessageDigest digest = Sha256.digest();
            long leftBytes = file.sizeBytes();
            call.send(new AgentRequest.Fetch(jobId, file.relativePath()));
            while (true) {
                AgentReply reply = call.receive();
                if (reply instanceof AgentReply.Content content) {
                    leftBytes -= content.bytes().length;
                    if (leftBytes < 0) {
                        throw new IOException(file.relativePath() + " is longer than the " + file.sizeBytes()
                                + " bytes that were told; does something still write to it?");
                    }
                    digest.update(content.bytes());
                    target.write(content.bytes());
                } else if (reply instanceof AgentReply.Checksum) {
                    Sha256.require(file.sha256(), digest, file.relativePath());
                    call.done();
                    return;
                } else {
                    throw call.unexpected(reply);
                }
            }
        }
    }

    /** Removes the job's folder on this node. A job that is not there is fine; one that runs is refused. */
    public void remove(String jobId) throws IOException {
        ask(new AgentRequest.Remove(jobId), AgentReply.Done.class);
    }

    /** Tells the agent who is in the cluster. */
    public void setMembers(List<Member> members) throws IOException {
        ask(new AgentRequest.SetMembers(members), AgentReply.Done.class);
    }

    /**
     * Has the agent end its node at that time, whether a manager is there then or not; what was said before holds no
     * more.
     *
     * @param end empty for never
     * @param command for the node's shell; empty when only the agent and the jobs are to end
     */
    public void setLifetime(Optional<Instant> end, String command) throws IOException {
        long millis = end.map(Instant::toEpochMilli).orElse(0L);
        ask(new AgentRequest.SetLifetime(millis, command), AgentReply.Done.class);
    }

    /** Has the agent measure its connection to a neighbour; takes about a second. */
    public PreflightResult preflight(Member neighbour) throws IOException {
        return ask(new AgentRequest.Preflight(neighbour), AgentReply.Measured.class)
                .result();
    }

    /** Ends the agent and all that it runs. */
    public void shutdown() throws IOException {
        ask(new AgentRequest.Shutdown(), AgentReply.Done.class);
    }

    /** Ends the calls that are under way. */
    @Override
    public void close() {
        closed = true;
        open.forEach(AgentCall::hangUp);
        Idle kept = idle.getAndSet(null);
        if (carrier == Carrier.OWN) {
            hangUp(kept);
        }
    }

    private <T extends AgentReply> T ask(AgentRequest request, Class<T> expected) throws IOException {
        try (AgentCall call = open()) {
            call.send(request);
            T reply = call.expect(expected);
            call.done();
            return reply;
        }
    }

    private AgentCall open() throws IOException {
        Idle kept = idle.getAndSet(null);
        if (kept != null && System.nanoTime() - kept.sinceNanos() > KEPT_NANOS) {
            hangUp(kept);
            kept = null;
        }
        AgentCall call = kept == null ? AgentCall.open(lines, this::finished) : kept.call();
        open.add(call);
        return call;
    }

    private void finished(AgentCall call) {
        open.remove(call);
        if (!call.takeDone()) {
            call.hangUp();
            return;
        }
        hangUp(idle.getAndSet(new Idle(call, System.nanoTime())));
        if (closed) {
            hangUp(idle.getAndSet(null));
        }
    }

    private static void hangUp(@Nullable Idle kept) {
        if (kept != null) {
            kept.call().hangUp();
        }
    }

    /** A conversation that asks for nothing at the moment. */
    private record Idle(AgentCall call, long sinceNanos) {}
}
