package io.muster.plan;

import io.muster.spec.MemorySize;
import io.muster.spec.Money;
import java.util.Optional;

/**
 * A size of machine that a cloud has, and what became of it.
 *
 * @param region region by the provider's name
 * @param type the provider's name of the size
 * @param pricePerHour the price that counts for the group: of a machine that may be taken back where it wants these
 * @param verdict what became of it
 * @param why reason of the verdict, in a few words
 */
public record ConsideredOffer(
        String region,
        String type,
        int cores,
        MemorySize memory,
        Optional<Money> pricePerHour,
        Verdict verdict,
        String why) {

    /** What became of an offer. */
    public enum Verdict {
        /** Nodes are created of this size. */
        CHOSEN,
        /** Tried, in the order of the table, when there is no room for those before it. */
        IN_RESERVE,
        /** It would do, and is not tried. */
        FITS,
        /** It is not what is wanted. */
        UNFIT
    }

    /** Whether nodes may be created of this size. */
    public boolean isTried() {
        return verdict == Verdict.CHOSEN || verdict == Verdict.IN_RESERVE;
    }
}
