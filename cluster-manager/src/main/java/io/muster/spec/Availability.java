package io.muster.spec;

/** Whether this version can do what a known value of the sizing file asks for. */
enum Availability {
    NOW,
    LATER
}
