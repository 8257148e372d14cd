package io.muster.provider.cloud;

import io.muster.provider.NodeRequest;
import io.muster.provider.Offer;
import java.util.Comparator;
import java.util.List;

/** The choice of sizes where a request names none: the planner makes it as a rule, and shows it. */
final class Sizes {
    private static final int TO_TRY = 5;

    private Sizes() {}

    /** Names of the sizes that are enough for the node, cheapest first, smallest first where no price is known. */
    static List<String> fitting(List<Offer> offers, NodeRequest request) {
        return offers.stream()
                .filter(offer -> offer.cores() >= request.cores() && offer.memoryBytes() >= request.memoryBytes())
                .sorted(Comparator.comparing(
                                (Offer offer) -> offer.pricePerHour().isEmpty())
                        .thenComparing(offer -> offer.pricePerHour()
                                .map(price -> price.dollars().doubleValue())
                                .orElse(0.0))
                        .thenComparingInt(Offer::cores)
                        .thenComparingLong(Offer::memoryBytes)
                        .thenComparing(Offer::type))
                .limit(TO_TRY)
                .map(Offer::type)
                .toList();
    }
}
