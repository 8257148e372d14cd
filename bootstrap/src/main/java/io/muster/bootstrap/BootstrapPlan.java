package io.muster.bootstrap;

import io.muster.bootstrap.bundle.Bundle;
import io.muster.bootstrap.keys.ClusterKeys;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that a bootstrap needs to know.
 *
 * @param cluster name of the cluster
 * @param nodes all nodes of the cluster, those that are members already too
 * @param maxParallel nodes that are worked on at the same time; waiting for SSH does not count
 */
public record BootstrapPlan(
        String cluster,
        List<NodeTarget> nodes,
        Bundle bundle,
        ClusterKeys keys,
        Deadlines deadlines,
        Set<Option> options,
        int maxParallel) {
    /** What is not done unless it is asked for. */
    public enum Option {
        /** Measure every node against the next one. */
        PREFLIGHT
    }

    private static final int DEFAULT_PARALLEL = 32;

    public BootstrapPlan {
        nodes = List.copyOf(nodes);
        options = options.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(options));
        if (nodes.isEmpty() || maxParallel < 1) {
            throw new IllegalArgumentException(nodes.size() + " nodes, " + maxParallel + " at the same time");
        }
        if (nodes.stream().map(NodeTarget::name).distinct().count() < nodes.size()) {
            throw new IllegalArgumentException("two nodes have the same name");
        }
    }

    /** With the usual deadlines and a preflight. */
    public static BootstrapPlan of(String cluster, List<NodeTarget> nodes, Bundle bundle, ClusterKeys keys) {
        return new BootstrapPlan(
                cluster, nodes, bundle, keys, Deadlines.defaults(), Set.of(Option.PREFLIGHT), DEFAULT_PARALLEL);
    }

    /** The same with other deadlines. */
    public BootstrapPlan with(Deadlines other) {
        return new BootstrapPlan(cluster, nodes, bundle, keys, other, options, maxParallel);
    }
}
