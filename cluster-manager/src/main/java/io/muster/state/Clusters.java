package io.muster.state;

import io.muster.spec.ClusterName;
import java.util.List;
import java.util.Optional;

/** The clusters of a store. */
public interface Clusters {
    /** Writes down a new cluster, wanted up and {@link ClusterPhase#CREATING}; its name must be free. */
    StoredCluster create(ClusterName name, String provider, String specYaml, Cause cause);

    /** The cluster that has this name now; a destroyed one has none. */
    Optional<StoredCluster> live(ClusterName name);

    /** Every cluster that is not destroyed, by name. */
    List<StoredCluster> allLive();

    /** Every cluster that ever had this name, oldest first. */
    List<StoredCluster> history(ClusterName name);

    Optional<StoredCluster> find(ClusterId id);

    /** Moves it to another phase; {@link ClusterPhase#DESTROYED} only when every node is gone. */
    StoredCluster move(ClusterId id, ClusterPhase phase, Cause cause);

    /** Remembers what the user asks of it. */
    StoredCluster want(ClusterId id, Wanted wanted, Cause cause);

    /** Replaces its sizing file. */
    StoredCluster respecify(ClusterId id, String specYaml, Cause cause);
}
