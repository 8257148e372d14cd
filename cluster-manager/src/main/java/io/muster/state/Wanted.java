package io.muster.state;

/** What the user last asked of a cluster. */
public enum Wanted {
    UP,
    DOWN
}
