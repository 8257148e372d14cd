package io.muster.provider;

import io.muster.spec.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * Something of this user in the account of a cloud.
 *
 * @param provider name of the provider
 * @param kind what it is: {@code instance}, {@code security-group}, {@code key-pair}, {@code volume}, {@code address},
 *     {@code placement-group}
 * @param id the provider's name for it, with its region or place before a slash
 * @param cluster the cluster that its tags name; empty when they name none
 * @param createdAt when it was made, as far as that is known
 * @param pricePerHour what it costs while it exists, as far as that is known
 */
public record Resource(
        String provider,
        String kind,
        String id,
        Optional<String> cluster,
        Optional<Instant> createdAt,
        Optional<Money> pricePerHour) {}
