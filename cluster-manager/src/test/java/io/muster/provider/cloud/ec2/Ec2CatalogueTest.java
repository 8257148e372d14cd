package io.muster.provider.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.Offer;
import io.muster.spec.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class Ec2CatalogueTest {
    private static Offer offer(String region, String type) {
        return Ec2Catalogue.offers(region).stream()
                .filter(one -> one.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void types_of_today_have_sizes_prices_and_their_date() {
        Offer offer = offer("eu-west-1", "m7i.xlarge");
        assertThat(offer.cores()).isEqualTo(4);
        assertThat(offer.memoryBytes()).isEqualTo(16L << 30);
        assertThat(offer.pricePerHour()).contains(new Money(new BigDecimal("0.2247")));
        assertThat(offer.pricedOn()).isAfter(LocalDate.EPOCH);
        assertThat(offer("us-east-1", "c7i.large").pricePerHour()).contains(new Money(new BigDecimal("0.08925")));
    }

    @Test
    void a_region_without_a_price_list_has_types_without_prices() {
        assertThat(offer("ap-south-1", "c7i.large").pricePerHour()).isEqualTo(Optional.empty());
    }

    @Test
    void what_a_region_does_not_have_and_what_cannot_run_the_bundle_is_not_offered() {
        List<String> types =
                Ec2Catalogue.offers("us-east-1").stream().map(Offer::type).toList();
        assertThat(types).contains("t3.micro", "c6in.large", "r7i.large").doesNotContain("hpc6a.48xlarge", "t4g.micro");
        assertThat(types).doesNotHaveDuplicates().hasSizeGreaterThan(150);
    }
}
