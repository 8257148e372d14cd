package io.muster.provider;

/** What a caller may do about a node that did not come. */
public enum FailureKind {
    /** A node of that name exists with other keys: adopt it or destroy it first. */
    EXISTS,
    /** The provider has no room now, for no size that the request names: take other sizes or another place. */
    CAPACITY,
    /** It may work when tried again later. */
    TRANSIENT,
    /** It will fail again until the user changes something. */
    PERMANENT,
    /** The caller was interrupted. */
    CANCELLED
}
