package io.muster.cluster;

import io.muster.api.MusterException;
import io.muster.spec.ClusterName;
import io.muster.state.StateStore;
import io.muster.state.StoredCluster;
import java.util.function.Supplier;

/**
 * What every operation on clusters stands on.
 *
 * @param installation asked for only by what needs it, since a plain status must work without
 */
public record ClusterContext(
        MusterHome home, StateStore store, Providers providers, LinkPool links, Supplier<Installation> installation) {

    /** The cluster that has this name now. */
    public StoredCluster require(String cluster) {
        return store.clusters().live(nameOf(cluster)).orElseThrow(() -> notFound(cluster));
    }

    /** Reads a name that the user typed. */
    public static ClusterName nameOf(String cluster) {
        try {
            return new ClusterName(cluster);
        } catch (IllegalArgumentException e) {
            throw new MusterException(
                    MusterException.Kind.INPUT,
                    "this cannot be the name of a cluster",
                    "cluster",
                    String.valueOf(e.getMessage()),
                    "muster status lists the clusters that there are",
                    e);
        }
    }

    static MusterException notFound(String cluster) {
        return new MusterException(
                MusterException.Kind.NOT_FOUND,
                "there is no cluster " + cluster,
                "cluster " + cluster,
                "neither in the state store nor at a provider",
                "muster status lists the clusters that there are; muster up makes one");
    }
}
