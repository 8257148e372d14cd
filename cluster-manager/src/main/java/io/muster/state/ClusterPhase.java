package io.muster.state;

/** Where a cluster is in its life, and where it may go from there. Staying is always allowed. */
public enum ClusterPhase {
    /** Its nodes are being created. */
    CREATING,
    /** Its nodes exist and are being made members. */
    BOOTSTRAPPING,
    /** Every node is ready. */
    READY,
    /** Some nodes are not ready; it may still run jobs on the others. */
    DEGRADED,
    /** Its nodes are being destroyed. */
    DESTROYING,
    /** Nothing of it is left; its name is free. */
    DESTROYED;

    /** Whether a cluster of this phase may be in that phase next. */
    public boolean mayBecome(ClusterPhase next) {
        if (next == this) {
            return true;
        }
        return switch (this) {
            case CREATING, BOOTSTRAPPING, READY, DEGRADED -> next != DESTROYED;
            case DESTROYING -> next == DESTROYED;
            case DESTROYED -> false;
        };
    }
}
