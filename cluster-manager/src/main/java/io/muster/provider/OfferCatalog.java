package io.muster.provider;

import io.muster.spec.CloudSpec;
import java.util.List;

/** Catalog. */
public interface OfferCatalog {
    List<Offer> offers(CloudSpec where) throws ProviderException;
}
