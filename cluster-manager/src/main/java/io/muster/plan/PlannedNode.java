package io.muster.plan;

import io.muster.spec.HostSpec;
import io.muster.spec.MemorySize;
import io.muster.spec.Money;
import io.muster.spec.NodeGroup;
import java.util.List;
import java.util.Optional;

/**
 * One node that will be created.
 *
 * @param name name in its cluster and host name, for example {@code heat-1} or {@code heat-workers-1}
 * @param group the group that it is of
 * @param index position in the cluster, from 0, through all groups
 * @param slots ranks that it may hold
 * @param cores cores that it has
 * @param memory memory that it has; empty when nothing was asked for
 * @param types the cloud's names of sizes to try in this order; empty where there are none
 * @param pricePerHour of the first of these sizes; empty when it costs nothing or nobody knows
 * @param host the machine that it is, where the provider is one of machines that exist
 */
public record PlannedNode(
        String name,
        NodeGroup group,
        int index,
        int slots,
        int cores,
        Optional<MemorySize> memory,
        List<String> types,
        Optional<Money> pricePerHour,
        Optional<HostSpec> host) {
    public PlannedNode {
        types = List.copyOf(types);
    }

    /** The same at another position. */
    public PlannedNode withIndex(int changed) {
        return new PlannedNode(name, group, changed, slots, cores, memory, types, pricePerHour, host);
    }
}
