package io.muster.spec;

/** Which address of a node the manager logs in to. */
public enum AddressChoice {
    PUBLIC,
    PRIVATE
}
