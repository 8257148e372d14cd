package io.muster.provider.cloud.azure;

import io.muster.provider.Offer;
import io.muster.provider.cloud.SizeTable;
import java.util.List;

/**
 * Today's sizes of machines for x86_64 with what they cost: Microsoft's public prices on demand for Linux, in US
 * dollars an hour without tax, at the date in the file. Where a price could not be confirmed, and in regions that the
 * file does not have, sizes are offered without one.
 */
final class AzureCatalogue {
    private static final SizeTable TABLE = SizeTable.read(AzureCatalogue.class, "azure-sizes.csv");

    private AzureCatalogue() {}

    static List<Offer> offers(String region) {
        return TABLE.offers("azurecompute-arm", region);
    }

    /** Whether a size has a network card of its own, as all in the list have; others may be refused with it. */
    static boolean hasFastNetwork(String type) {
        return TABLE.rows().stream().anyMatch(words -> words.getFirst().equalsIgnoreCase(type));
    }
}
