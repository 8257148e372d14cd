package io.muster.plan;

import java.util.List;

/**
 * What was chosen from for one group.
 *
 * @param group name of the group; empty for the only one
 * @param considered every offer of the region: the chosen one first, then the ones in reserve in the order to try, then
 *     the others, what is nearest to the wish first
 */
public record GroupOffers(String group, List<ConsideredOffer> considered) {
    public GroupOffers {
        considered = List.copyOf(considered);
        if (considered.isEmpty() || considered.getFirst().verdict() != ConsideredOffer.Verdict.CHOSEN) {
            throw new IllegalArgumentException("no offer is chosen for group \"" + group + "\"");
        }
    }

    /** The one that nodes are created of. */
    public ConsideredOffer chosen() {
        return considered.getFirst();
    }

    /** Those that nodes may be created of, in the order to try. */
    public List<ConsideredOffer> tried() {
        return considered.stream().filter(ConsideredOffer::isTried).toList();
    }
}
