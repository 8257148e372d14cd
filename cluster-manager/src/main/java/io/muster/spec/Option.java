package io.muster.spec;

/** One of the values that a key of the sizing file can have. */
record Option(String text, String description) {}
