package io.muster.agent;

import io.muster.wire.ClusterIdentity;
import io.muster.wire.Conversation;
import io.muster.wire.Line;
import io.muster.wire.SecureListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * As much of an agent as bootstrap needs: it says its port, answers questions about itself, takes members and times a
 * neighbour. The real one, when the bundle has it, comes first on the class path and is used instead.
 */
public final class AgentMain {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ClusterIdentity identity;
    private final Map<String, String> options;
    private volatile int port;
    private volatile List<Member> members = List.of();

    private AgentMain(ClusterIdentity identity, Map<String, String> options) {
        this.identity = identity;
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        AgentMain agent = new AgentMain(ClusterIdentity.load(Path.of(".muster/keys")), options);
        SecureListener listener = SecureListener.listen(
                options.getOrDefault("--host", ""),
                0,
                agent.identity,
                Map.of(AgentCall.SERVICE, agent::serve),
                System.out::println);
        agent.port = listener.port();
        Path file = Path.of(".muster/agent/port.new");
        Files.writeString(file, listener.port() + "\n");
        Files.move(file, Path.of(".muster/agent/port"), StandardCopyOption.ATOMIC_MOVE);
        Thread.currentThread().join();
    }

    private void serve(Line line) throws IOException {
        Conversation<AgentReply, AgentRequest> conversation =
                new Conversation<>(line, AgentCall.REPLIES, AgentCall.REQUESTS);
        AgentRequest request = conversation.receive(LONG).orElseThrow();
        conversation.send(answer(request));
        conversation.receive(LONG);
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
