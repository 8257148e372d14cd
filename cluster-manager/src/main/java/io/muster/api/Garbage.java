package io.muster.api;

import io.muster.spec.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * Something of this user at a provider that no cluster of this state store wants.
 *
 * @param provider name of the provider
 * @param kind what it is: a node, network, security group, key pair, volume, address
 * @param id the provider's name for it
 * @param cluster the cluster that its tags name; empty when they name none
 * @param createdAt when it was made, as far as that is known
 * @param pricePerHour what it costs while it exists, as far as that is known
 * @param reason why nothing wants it
 */
public record Garbage(
        String provider,
        String kind,
        String id,
        Optional<String> cluster,
        Optional<Instant> createdAt,
        Optional<Money> pricePerHour,
        String reason) {}
