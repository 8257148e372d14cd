package io.muster.state;

import java.util.List;
import java.util.Optional;

/** The nodes of every cluster of a store. */
public interface Nodes {
    /** Writes down that a node is wanted, before anything creates it; also one that is gone or failed, once more. */
    StoredNode want(ClusterId cluster, String name, int index, Cause cause);

    /** The nodes of a cluster by index, those that are gone among them. */
    List<StoredNode> of(ClusterId cluster);

    Optional<StoredNode> find(ClusterId cluster, String name);

    /** Moves it to another state; its last error is forgotten. */
    StoredNode move(ClusterId cluster, String name, NodeState state, Cause cause);

    /** The provider made it: it is {@link NodeState#CREATED} at this address, without an agent. */
    StoredNode created(ClusterId cluster, String name, NodeAddress address, Cause cause);

    /** It is reached at another address; its state stays. */
    StoredNode readdress(ClusterId cluster, String name, NodeAddress address, Cause cause);

    /** Its agent listens on this port; its state stays. */
    StoredNode agentAt(ClusterId cluster, String name, int agentPort, Cause cause);

    /** It is {@link NodeState#FAILED}; the cause's message is its last error. */
    StoredNode failed(ClusterId cluster, String name, Cause cause);
}
