package io.muster.provider;

import io.muster.spec.Money;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One size of machine that a cloud has in one region.
 *
 * @param provider name of the provider
 * @param region region by the provider's name
 * @param type the provider's name of the size
 * @param cores virtual processors
 * @param memoryBytes main memory in bytes
 * @param pricePerHour list price without disks, traffic and tax; empty when it is not known
 * @param spotPerHour price of a machine that may be taken back; empty when there is none or it is not known
 * @param pricedOn day of which the prices are
 */
public record Offer(
        String provider,
        String region,
        String type,
        int cores,
        long memoryBytes,
        Optional<Money> pricePerHour,
        Optional<Money> spotPerHour,
        LocalDate pricedOn) {

    public Offer {
        if (type.isBlank() || cores < 1 || memoryBytes < 1) {
            throw new IllegalArgumentException(
                    "offer \"" + type + "\" of " + provider + ": " + cores + " cores, " + memoryBytes + " B");
        }
    }
}
