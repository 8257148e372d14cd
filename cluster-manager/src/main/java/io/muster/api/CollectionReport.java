package io.muster.api;

import java.util.List;

/**
 * What a garbage collection did.
 *
 * @param removed how many things were removed
 * @param left what is still there, each with its reason, as sentences
 */
public record CollectionReport(int removed, List<String> left) {
    public CollectionReport {
        left = List.copyOf(left);
    }
}
