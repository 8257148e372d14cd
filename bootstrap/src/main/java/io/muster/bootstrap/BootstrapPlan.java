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
 * @param maxParallel nodes that are worked on at the same time; waiting for SSH or for another node does not count
 * @param delivery who gives the bundle to the nodes
 */
public record BootstrapPlan(
        String cluster,
        List<NodeTarget> nodes,
        Bundle bundle,
        ClusterKeys keys,
        Deadlines deadlines,
        Set<Option> options,
        int maxParallel,
        Delivery delivery) {
    /** What is not done unless it is asked for. */
    public enum Option {
        /** Measure every node against the next one. */
        PREFLIGHT
    }

    /** Who gives the bundle to the nodes. */
    public enum Delivery {
        /** The manager when they are few or on this machine, each other when they are many. */
        AUTOMATIC,
        /** The manager, to all. */
        FROM_MANAGER,
        /** The manager to some, and those to the others. */
        NODE_TO_NODE
    }

    private static final int DEFAULT_PARALLEL = 32;

    /** Nodes from which on the bundle goes from node to node. */
    static final int MANY = 8;

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
                cluster,
                nodes,
                bundle,
                keys,
                Deadlines.defaults(),
                Set.of(Option.PREFLIGHT),
                DEFAULT_PARALLEL,
                Delivery.AUTOMATIC);
    }

    /** The same with other deadlines. */
    public BootstrapPlan with(Deadlines other) {
        return new BootstrapPlan(cluster, nodes, bundle, keys, other, options, maxParallel, delivery);
    }

    /** The same with the bundle given by whoever is said. */
    public BootstrapPlan with(Delivery other) {
        return new BootstrapPlan(cluster, nodes, bundle, keys, deadlines, options, maxParallel, other);
    }

    /** Whether the bundle goes from node to node. */
    boolean spreads() {
        return switch (delivery) {
            case FROM_MANAGER -> false;
            case NODE_TO_NODE -> true;
            case AUTOMATIC -> nodes.stream().filter(node -> !node.isHere()).count() >= MANY;
        };
    }
}
