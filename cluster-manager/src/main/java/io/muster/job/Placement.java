package io.muster.job;

import io.muster.api.Counted;
import io.muster.api.MusterException;
import io.muster.spec.JobSpec;
import io.muster.spec.Oversubscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which rank runs on which node: nodes are filled in order, slots first.
 *
 * @param nodeOfRank index into the nodes that were given, one a rank
 */
record Placement(List<Integer> nodeOfRank) {
    Placement {
        nodeOfRank = List.copyOf(nodeOfRank);
    }

    /**
     * A node that can take ranks.
     *
     * @param busy ranks of other jobs that it has now
     */
    record Room(String node, int slots, int busy) {
        int free() {
            return Math.max(0, slots - busy);
        }
    }

    /**
     * Places the ranks by free slots, or {@code perNode} on each node. With oversubscription, what the slots do not
     * hold is dealt out over the nodes in turn.
     *
     * @throws MusterException (INPUT) when the slots do not suffice, (BUSY) when they would if no other job ran
     */
    static Placement of(JobSpec spec, String cluster, List<Room> rooms) {
        List<Integer> limits = rooms.stream()
                .map(room -> spec.perNode().map(k -> limit(spec, room, k)).orElse(room.free()))
                .toList();
        List<Integer> nodes = new ArrayList<>();
        for (int node = 0; node < rooms.size(); node++) {
            for (int i = 0; i < limits.get(node) && nodes.size() < spec.ranks(); i++) {
                nodes.add(node);
            }
        }
        if (nodes.size() < spec.ranks()) {
            boolean mayCrowd = spec.oversubscribe() == Oversubscribe.ALLOW && !rooms.isEmpty();
            if (!mayCrowd || spec.perNode().isPresent()) {
                throw tooMany(spec, cluster, rooms, nodes.size());
            }
            for (int i = 0; nodes.size() < spec.ranks(); i++) {
                nodes.add(i % rooms.size());
            }
            nodes.sort(null);
        }
        return new Placement(nodes);
    }

    private static int limit(JobSpec spec, Room room, int perNode) {
        return spec.oversubscribe() == Oversubscribe.ALLOW ? perNode : Math.min(perNode, room.free());
    }

    private static MusterException tooMany(JobSpec spec, String cluster, List<Room> rooms, int held) {
        String perNode = spec.perNode().map(k -> " with " + k + " a node").orElse("");
        boolean busy = rooms.stream()
                        .mapToInt(room -> limit(
                                spec,
                                new Room(room.node(), room.slots(), 0),
                                spec.perNode().orElse(room.slots())))
                        .sum()
                >= spec.ranks();
        String ranks = Counted.of(spec.ranks(), "rank") + perNode + (spec.ranks() == 1 ? " does" : " do") + " not fit";
        String fewer =
                held > 0 && spec.perNode().isEmpty() ? "ask for -n " + held + " or fewer" : "ask for fewer ranks";
        return new MusterException(
                busy ? MusterException.Kind.BUSY : MusterException.Kind.INPUT,
                busy ? ranks + " beside the jobs that run" : ranks,
                "cluster " + cluster,
                rooms.isEmpty()
                        ? "no node is ready"
                        : Counted.of(held, "place") + " on " + Counted.of(rooms.size(), "ready node") + ": "
                                + rooms.stream()
                                        .limit(8)
                                        .map(Placement::described)
                                        .collect(Collectors.joining(", "))
                                + (rooms.size() > 8 ? ", …" : ""),
                rooms.isEmpty()
                        ? "muster status " + cluster + " says what is wrong; muster up repairs"
                        : (busy ? "wait for jobs to end (muster jobs " + cluster + "), " : "") + fewer
                                + ", add --oversubscribe, or bring up more nodes");
    }

    private static String described(Room room) {
        String slots = room.node() + " has " + Counted.of(room.slots(), "slot");
        return room.busy() == 0 ? slots : slots + ", " + room.free() + " free";
    }
}
