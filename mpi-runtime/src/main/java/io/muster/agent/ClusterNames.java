package io.muster.agent;

import io.muster.wire.ClusterIdentity;
import io.muster.wireup.NameStore;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the names of a cluster are: in the memory of the agent of its first node, for the jobs of all nodes. They are
 * gone when that agent ends. An agent that knows no other ones keeps names by itself.
 *
 * @param table the names that this node keeps
 * @param node name of this node
 * @param members the nodes of the cluster, in their order
 */
record ClusterNames(NameTable table, String node, Supplier<List<Member>> members, ClusterIdentity identity) {
    /** For the ranks of a job on this node. */
    NameStore forJob() {
        List<Member> known = members.get();
        return known.isEmpty() || known.getFirst().name().equals(node)
                ? table.publisher()
                : new RemoteNames(known.getFirst(), identity);
    }
}
