package io.muster.provider.cloud;

import io.muster.provider.LeftOver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Removes a cluster, or some of its nodes, from one region, and looks again. */
final class ClusterRemoval {
    private final String cloud;
    private final CloudRegion region;
    private final Retries retries;
    private final InstanceRemoval removal;

    ClusterRemoval(String cloud, CloudRegion region, Retries retries, WaitLimits limits) {
        this.cloud = cloud;
        this.region = region;
        this.retries = retries;
        this.removal = new InstanceRemoval(region, retries, limits);
    }

    /** What is left. */
    List<LeftOver> remove(Map<String, String> tags, Predicate<Instance> chosen, boolean withPieces)
            throws CloudFailure, InterruptedException {
        removal.remove(instances(tags, chosen));
        List<LeftOver> left = new ArrayList<>();
        for (Instance instance : instances(tags, chosen)) {
            left.add(new LeftOver(
                    instance.tags().getOrDefault(NodeTags.NODE, ""),
                    "instance " + instance.id(),
                    NodeTags.reason(instance) + "; run the same again, or end it in the console of " + cloud));
        }
        if (withPieces && left.isEmpty()) {
            for (Piece piece : retries.call(() -> region.pieces(tags))) {
                remove(piece, left);
            }
        }
        return left;
    }

    private void remove(Piece piece, List<LeftOver> left) throws InterruptedException {
        try {
            removal.remove(piece);
        } catch (CloudFailure e) {
            left.add(new LeftOver("", piece.kind() + " " + piece.id(), e.said()));
        }
    }

    private List<Instance> instances(Map<String, String> tags, Predicate<Instance> chosen)
            throws CloudFailure, InterruptedException {
        return retries.call(() -> region.instances(tags)).stream()
                .filter(one -> one.phase() != Instance.Phase.GONE)
                .filter(chosen)
                .toList();
    }
}
