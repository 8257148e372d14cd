package io.muster.spec;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The nodes of a cluster, all alike. What is not given is chosen by the planner.
 *
 * @param count number of nodes, 1 to {@value #MAX_COUNT}
 * @param slots ranks that one node may hold; default: as many as {@code cores}
 * @param cores cores that one node must have
 * @param memory memory that one node must have
 * @param image operating system of the nodes: an alias, or the provider's own name of an image
 */
public record NodesSpec(
        int count, OptionalInt slots, OptionalInt cores, Optional<MemorySize> memory, Optional<String> image) {
    /** Most nodes that one cluster may have. */
    public static final int MAX_COUNT = 4096;
    /** Most slots or cores that one node may have. */
    public static final int MAX_SLOTS = 4096;

    public NodesSpec {
        inRange("nodes.count", count, MAX_COUNT);
        slots.ifPresent(value -> inRange("nodes.slots", value, MAX_SLOTS));
        cores.ifPresent(value -> inRange("nodes.cores", value, MAX_SLOTS));
    }

    /** This many nodes, the rest left to the planner. */
    public static NodesSpec of(int count) {
        return new NodesSpec(count, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    private static void inRange(String what, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be 1 to " + max);
        }
    }
}
