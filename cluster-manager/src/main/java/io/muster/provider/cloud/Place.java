package io.muster.provider.cloud;

import java.net.URI;
import java.util.Optional;

/**
 * Where a cloud is asked: one region of one cloud.
 *
 * @param region name of the region
 * @param endpoint where its API answers, when that is not the cloud's own address for the region
 */
public record Place(String region, Optional<URI> endpoint) {
    @Override
    public String toString() {
        return endpoint.map(uri -> region + " at " + uri).orElse(region);
    }
}
