package io.muster.agent;

import io.muster.wire.ClusterIdentity;
import io.muster.wire.Conversation;
import io.muster.wire.Line;
import io.muster.wire.SecureListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As much of an agent as bootstrap needs: it says its port, answers questions about itself, takes members and times a
 * neighbour.
 */
public final class StandInAgent {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ClusterIdentity identity;
    private final Map<String, String> options;
    private volatile int port;
    private volatile List<Member> members = List.of();

    private StandInAgent(ClusterIdentity identity, Map<String, String> options) {
        this.identity = identity;
        this.options = options;
    }

    /** Listens at a port of its choice until the process ends; returns the port. */
    public static int listen(ClusterIdentity identity, Map<String, String> options) throws IOException {
        StandInAgent agent = new StandInAgent(identity, options);
        SecureListener listener = SecureListener.listen(
                options.getOrDefault("--host", ""),
                0,
                identity,
                Map.of(AgentCall.SERVICE, agent::serve),
                System.out::println);
        agent.port = listener.port();
        return agent.port;
    }

    private void serve(Line line) throws IOException {
        Conversation<AgentReply, AgentRequest> conversation =
                new Conversation<>(line, AgentCall.REPLIES, AgentCall.REQUESTS);
        Optional<AgentRequest> request = conversation.receive(LONG);
        while (request.isPresent()) {
            conversation.send(answer(request.get()));
            request = conversation.receive(LONG);
        }
    }

    private AgentReply answer(AgentRequest request) throws IOException {
        if (request instanceof AgentRequest.Describe) {
            return new AgentReply.Described(describe());
        }
        if (request instanceof AgentRequest.SetMembers set) {
            members = set.members();
            return new AgentReply.Done();
        }
        if (request instanceof AgentRequest.Preflight preflight) {
            Member neighbour = preflight.neighbour();
            long start = System.nanoTime();
            AgentClient.connect(neighbour.host(), neighbour.port(), identity, LONG)
                    .close();
            return new AgentReply.Measured(
                    new PreflightResult(neighbour.name(), (System.nanoTime() - start) / 1000.0, 1e9, 0));
        }
        return new AgentReply.Failed(AgentException.Kind.WRONG_INPUT, "not in this agent");
    }

    private AgentDescription describe() {
        long now = System.currentTimeMillis();
        return new AgentDescription(
                options.getOrDefault("--cluster", ""),
                options.getOrDefault("--node", ""),
                "test",
                ProcessHandle.current().pid(),
                port,
                now,
                now,
                1,
                1,
                0,
                List.of(),
                members);
    }
}
