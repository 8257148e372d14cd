package io.muster.state;

/** Where a node is in its life, and where it may go from there. Staying is always allowed. */
public enum NodeState {
    /** Written down, not yet created: the intent before the effect. */
    WANTED,
    /** The provider made it; it is no member yet. */
    CREATED,
    /** Its agent runs and it passed the preflight. */
    READY,
    /** Something went wrong with it; {@link StoredNode#lastError} says what. */
    FAILED,
    /** It is being destroyed: the intent before the effect. */
    DESTROYING,
    /** The provider no longer has it. */
    GONE;

    /** Whether a node of this state may be in that state next. */
    public boolean mayBecome(NodeState next) {
        if (next == this) {
            return true;
        }
        return switch (this) {
            case WANTED -> next != READY;
            case CREATED, READY -> next != WANTED;
            case FAILED -> true;
            case DESTROYING -> next == GONE || next == FAILED;
            case GONE -> next == WANTED;
        };
    }
}
