package io.muster.provider.cloud;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a cluster has in a cloud beside its instances.
 *
 * @param kind what it is, as {@link io.muster.provider.Resource} names kinds
 * @param id the cloud's name for it, unique among its kind in the region
 * @param tags its tags
 * @param createdAt when it was made, where the cloud tells
 */
public record Piece(String kind, String id, Map<String, String> tags, Optional<Instant> createdAt) {
    public Piece {
        tags = Map.copyOf(tags);
    }
}
