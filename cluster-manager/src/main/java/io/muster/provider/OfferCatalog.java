package io.muster.provider;

import io.muster.spec.CloudSpec;
import java.util.List;

/** What a cloud has to choose from. Its provider implements it beside {@link NodeProvider}. */
public interface OfferCatalog {
    /**
     * The sizes that can be had there, in any order. May ask the cloud, and blocks then.
     *
     * @throws ProviderException when it cannot be known what there is
     */
    List<Offer> offers(CloudSpec where) throws ProviderException;
}
