package io.muster.provider.cloud.google;

import io.muster.provider.Offer;
import io.muster.provider.cloud.SizeTable;
import java.util.List;

/**
 * Today's machine types for x86_64 with what they cost: Google's public prices on demand for Linux, in US dollars an
 * hour without tax, at the date in the file. Where a price could not be confirmed, and in regions that the file does
 * not have, types are offered without one. Types whose processors are shared are left out.
 */
final class GoogleCatalogue {
    private static final SizeTable TABLE = SizeTable.read(GoogleCatalogue.class, "google-types.csv");

    private GoogleCatalogue() {}

    static List<Offer> offers(String region) {
        return TABLE.offers(GoogleCloud.NAME, region);
    }

    /** The type of disk for a machine of this type: the fourth generation has Hyperdisk only. */
    static String diskType(String machineType) {
        return machineType.matches("[a-z]4[a-z]?-.*") ? "hyperdisk-balanced" : "pd-balanced";
    }

    /** Whether Google can move a machine of this type to another host while it runs. */
    static boolean canMove(String machineType) {
        return !machineType.startsWith("h");
    }
}
