package io.muster.supervisor;

import io.muster.host.LaunchHost;
import io.muster.host.RankHostOrder;
import io.muster.host.SpawnedWorld;
import io.muster.launch.RandomBytes;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One world of ranks of a job: those that the job starts with, or ranks that others have spawned.
 *
 * @param order the ranks; of a spawned world its program is that of the job, which nobody runs
 * @param spawned what makes it a spawned one
 * @param secret by which its ranks and their launcher know each other
 */
@SuppressWarnings("ArrayRecordComponent") // a secret that nobody compares
public record WorldOrder(JobOrder order, Optional<SpawnedWorld> spawned, byte[] secret) {
    private static final int SECRET_BYTES = 32;

    /** The ranks that a job starts with. */
    static WorldOrder first(JobOrder order) {
        return new WorldOrder(order, Optional.empty(), RandomBytes.of(SECRET_BYTES));
    }

    /** Ranks that others have spawned. */
    static WorldOrder spawned(JobOrder order, SpawnedWorld spawned) {
        return new WorldOrder(order, Optional.of(spawned), RandomBytes.of(SECRET_BYTES));
    }

    /** What the rank host of a node needs for its part. */
    public RankHostOrder onNode(int nodeIndex) {
        JobNode node = order.nodes().get(nodeIndex);
        boolean launches = order.library().hasLauncher() && nodeIndex == order.launcherNode();
        return new RankHostOrder(
                order.jobId(),
                order.program(),
                order.ranksOn(nodeIndex),
                order.size(),
                nodeIndex,
                order.nodes().size(),
                node.name(),
                node.address(),
                order.environment(),
                order.jvmOptions(),
                order.library(),
                launches ? launchHosts() : List.of(),
                order.stdin(),
                secret,
                spawned);
    }

    /** Ranks are placed node by node, so a host file says all of a placement. */
    private List<LaunchHost> launchHosts() {
        return IntStream.range(0, order.nodes().size())
                .mapToObj(node -> new LaunchHost(
                        order.nodes().get(node).name(), order.ranksOn(node).size()))
                .filter(host -> host.ranks() > 0)
                .toList();
    }
}
