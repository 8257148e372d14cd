package io.muster.cluster;

import io.muster.bootstrap.NodeTarget;
import io.muster.bootstrap.ssh.SshTarget;
import io.muster.provider.JumpHost;
import io.muster.provider.NodeState;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import io.muster.state.StoredCluster;
import io.muster.state.StoredNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Opens links to the nodes of one cluster. Thread-safe. */
public final class NodeLinks {
    private final ClusterContext context;
    private final StoredCluster cluster;
    private final ClusterFolder folder;

    public NodeLinks(ClusterContext context, StoredCluster cluster) {
        this.context = context;
        this.cluster = cluster;
        this.folder = ClusterFolder.of(context.home(), cluster.name().text());
    }

    /** A member: it runs, as the provider says, and was bootstrapped, as the store says. */
    public record Member(ProvidedNode provided, String address, int agentPort) {
        public String name() {
            return provided.name();
        }

        public int slots() {
            return provided.slots();
        }
    }

    /** The members of the cluster by index, the head node first. */
    public List<Member> members() throws ProviderException {
        Map<String, Integer> ports = context.store().nodes().of(cluster.id()).stream()
                .filter(node -> node.agentPort().isPresent() && !node.isLeaving())
                .collect(Collectors.toMap(
                        StoredNode::name, node -> node.agentPort().getAsInt()));
        return context.providers().named(cluster.provider()).list(cluster.name().text()).stream()
                .filter(ProvidedNode::isRunning)
                .flatMap(
                        node -> Optional.ofNullable(ports.get(node.name()))
                                .map(port -> new Member(node, addressOf(node), port))
                                .stream())
                .toList();
    }

    /** Reaches a member's agent through SSH; waits at most {@code deadline} to be let in. */
    public NodeLink open(Member member, Duration deadline) throws IOException, InterruptedException {
        return context.links().open(target(member.provided(), folder), member.agentPort(), folder.keys(), deadline);
    }

    /** Has a member's agent run again, if it does not; what its jobs left can be fetched then. */
    public void revive(Member member, Duration deadline) throws IOException, InterruptedException {
        context.links().revive(target(member.provided(), folder), folder.keys(), deadline);
    }

    static NodeTarget target(ProvidedNode node, ClusterFolder folder) {
        var ssh = node.ssh().orElseThrow(() -> new IllegalStateException("node " + node.name() + " does not run"));
        return new NodeTarget(
                new SshTarget(
                        node.name(),
                        ssh.host(),
                        ssh.port(),
                        ssh.user(),
                        hostKeyOf(node, folder),
                        folder.keys().ssh().privateKeyFile(),
                        way(ssh.jumps())),
                node.slots(),
                addressOf(node),
                node.index());
    }

    /** The provider has verified what it answers; a node that knows none was given the one of the folder. */
    private static String hostKeyOf(ProvidedNode node, ClusterFolder folder) {
        return node.hostPublicKey().isEmpty() ? folder.hostKey(node.name()).publicKey() : node.hostPublicKey();
    }

    private static Optional<SshTarget> way(List<JumpHost> jumps) {
        Optional<SshTarget> way = Optional.empty();
        for (JumpHost jump : jumps) {
            way = Optional.of(new SshTarget(
                    SshTarget.JUMP_HOST, jump.host(), jump.port(), jump.user(), jump.hostKey(), jump.identity(), way));
        }
        return way;
    }

    private static String addressOf(ProvidedNode node) {
        return switch (node.state()) {
            case NodeState.Running running -> running.address();
            case NodeState.Starting starting -> "";
            case NodeState.Stopped stopped -> "";
        };
    }
}
