package io.muster.provider;

import io.muster.spec.Money;
import java.time.LocalDate;
import java.util.Optional;

/** Offer. */
public record Offer(
        String provider,
        String region,
        String type,
        int cores,
        long memoryBytes,
        Optional<Money> pricePerHour,
        Optional<Money> spotPerHour,
        LocalDate pricedOn) {}
