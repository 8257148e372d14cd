package io.muster.provider.cloud.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.Offer;
import io.muster.spec.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AzureCatalogueTest {
    private static Offer offer(String region, String type) {
        return AzureCatalogue.offers(region).stream()
                .filter(one -> one.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sizes_of_today_have_prices_and_their_date() {
        Offer offer = offer("eastus", "Standard_D4as_v5");
        assertThat(offer.cores()).isEqualTo(4);
        assertThat(offer.memoryBytes()).isEqualTo(16L << 30);
        assertThat(offer.pricePerHour()).contains(new Money(new BigDecimal("0.172")));
        assertThat(offer.pricedOn()).isAfter(LocalDate.EPOCH);
    }

    @Test
    void what_could_not_be_confirmed_has_no_price() {
        assertThat(offer("eastus", "Standard_HB176rs_v4").pricePerHour()).isEmpty();
        assertThat(offer("westeurope", "Standard_D4as_v5").pricePerHour()).isEmpty();
    }

    @Test
    void sizes_stand_once_and_have_fast_networks() {
        List<String> types =
                AzureCatalogue.offers("eastus").stream().map(Offer::type).toList();
        assertThat(types).doesNotHaveDuplicates().hasSizeGreaterThan(100);
        assertThat(AzureCatalogue.hasFastNetwork("standard_f8as_v6")).isTrue();
        assertThat(AzureCatalogue.hasFastNetwork("Standard_B1s")).isFalse();
    }
}
