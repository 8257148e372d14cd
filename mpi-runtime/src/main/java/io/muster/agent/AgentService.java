package io.muster.agent;

import io.muster.wire.ClusterIdentity;
import io.muster.wire.Conversation;
import io.muster.wire.Line;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Answers managers and neighbours, one conversation at a time a thread. */
final class AgentService {
    private static final Duration CLIENT_DEADLINE = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MAX_IGNORED = 64;

    private final Jobs jobs;
    private final Receiving receiving;
    private final Supplier<AgentDescription> description;
    private final Consumer<List<Member>> members;
    private final Lifetime lifetime;
    private final ClusterIdentity identity;
    private final Runnable shutdown;

    AgentService(
            Jobs jobs,
            Receiving receiving,
            Supplier<AgentDescription> description,
            Consumer<List<Member>> members,
            Lifetime lifetime,
            ClusterIdentity identity,
            Runnable shutdown) {
        this.jobs = jobs;
        this.receiving = receiving;
        this.description = description;
        this.members = members;
        this.lifetime = lifetime;
        this.identity = identity;
        this.shutdown = shutdown;
    }

    /** The agent's side of a conversation. */
    record Replies(Conversation<AgentReply, AgentRequest> conversation) {
        void send(AgentReply reply) throws IOException {
            conversation.send(reply);
        }

        /** Says that the agent lives, if it is time for that; gives when it said so last. */
        long breathe(long lastNanos) throws IOException {
            if (System.nanoTime() - lastNanos < HEARTBEAT.toNanos()) {
                return lastNanos;
            }
            send(new AgentReply.Heartbeat());
            return System.nanoTime();
        }

        byte[] receiveChunk() throws IOException {
            Optional<AgentRequest> next = conversation.receive(CLIENT_DEADLINE);
            if (next.isPresent() && next.get() instanceof AgentRequest.Chunk chunk) {
                return chunk.bytes();
            }
            throw new IOException("the client went away while it sent a file");
        }
    }

    void serve(Line line) throws IOException {
        try (Conversation<AgentReply, AgentRequest> conversation =
                new Conversation<>(line, AgentCall.REPLIES, AgentCall.REQUESTS)) {
            Replies replies = new Replies(conversation);
            Optional<AgentRequest> request = conversation.receive(CLIENT_DEADLINE);
            while (request.isPresent()) {
                try {
                    answer(request.get(), replies);
                } catch (AgentException e) {
                    fail(conversation, new AgentReply.Failed(e.kind(), String.valueOf(e.getMessage())));
                    return;
                } catch (IOException e) {
                    AgentException seen = JobFiles.writingFailed("what was asked for", e);
                    AgentException.Kind kind = seen.kind();
                    String message = kind == AgentException.Kind.DISK_FULL ? seen.getMessage() : e.getMessage();
                    fail(conversation, new AgentReply.Failed(kind, String.valueOf(message)));
                    throw e;
                }
                request = conversation.receive(CLIENT_DEADLINE);
            }
        }
    }

    /** Closing while chunks are on their way would reset the connection, and the failure might not arrive. */
    private static void fail(Conversation<AgentReply, AgentRequest> conversation, AgentReply.Failed failure)
            throws IOException {
        conversation.send(failure);
        int ignored = 0;
        while (ignored < MAX_IGNORED && conversation.receive(CLIENT_DEADLINE).isPresent()) {
            ignored++;
        }
    }

    private void answer(AgentRequest request, Replies replies) throws IOException {
        switch (request) {
            case AgentRequest.Describe describe -> replies.send(new AgentReply.Described(description.get()));
            case AgentRequest.Stage stage -> receiving.receive(jobs.folder(stage.jobId()), stage, replies);
            case AgentRequest.Chunk chunk ->
                throw new AgentException(AgentException.Kind.WRONG_INPUT, "a chunk came, but of no file");
            case AgentRequest.Submit submit -> {
                jobs.submit(submit.order());
                replies.send(new AgentReply.Done());
            }
            case AgentRequest.Follow follow -> jobs.follow(follow.jobId(), follow.fromOffset(), replies);
            case AgentRequest.FollowPresent follow -> jobs.followPresent(follow.jobId(), follow.fromOffset(), replies);
            case AgentRequest.Cancel cancel -> {
                jobs.cancel(cancel.jobId(), cancel.reason());
                replies.send(new AgentReply.Done());
            }
            case AgentRequest.ListJobs list -> replies.send(new AgentReply.Jobs(jobs.summaries()));
            case AgentRequest.FindFiles find -> new JobFiles(jobs.folder(find.jobId())).find(find.globs(), replies);
            case AgentRequest.Fetch fetch ->
                new JobFiles(jobs.folder(fetch.jobId())).fetch(fetch.relativePath(), replies);
            case AgentRequest.Remove remove -> {
                jobs.remove(remove.jobId());
                replies.send(new AgentReply.Done());
            }
            case AgentRequest.SetMembers set -> {
                members.accept(set.members());
                replies.send(new AgentReply.Done());
            }
            case AgentRequest.SetLifetime set -> {
                lifetime.set(set.endsAtMillis(), set.command());
                replies.send(new AgentReply.Done());
            }
            case AgentRequest.Preflight preflight ->
                replies.send(new AgentReply.Measured(Measuring.measure(preflight.neighbour(), identity)));
            case AgentRequest.Ping ping -> replies.send(new AgentReply.Echo(Measuring.nowNanos()));
            case AgentRequest.Shutdown stop -> {
                replies.send(new AgentReply.Done());
                shutdown.run();
            }
        }
    }
}
