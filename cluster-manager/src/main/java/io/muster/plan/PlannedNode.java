package io.muster.plan;

import io.muster.spec.MemorySize;
import io.muster.spec.NodeGroup;
import java.util.Optional;

/**
 * One node that will be created.
 *
 * @param group the group that it is of
 * @param name name in its cluster and host name, for example {@code heat-1}
 * @param index position in the cluster, from 0
 * @param slots ranks that it may hold
 * @param cores cores that it has
 * @param memory memory that it has; empty when nothing was asked for
 */
public record PlannedNode(String name, NodeGroup group, int index, int slots, int cores, Optional<MemorySize> memory) {}
