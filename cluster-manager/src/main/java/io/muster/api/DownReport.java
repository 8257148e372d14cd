package io.muster.api;

/**
 * What {@code down} did.
 *
 * @param destroyed nodes that were destroyed
 * @param left nodes that the provider still lists; 0 unless an exception says otherwise
 */
public record DownReport(String cluster, int destroyed, int left) {}
