package io.muster.provider.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.Offer;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GoogleCatalogueTest {
    private static Offer offer(String region, String type) {
        return GoogleCatalogue.offers(region).stream()
                .filter(one -> one.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void types_have_cores_memory_and_a_dated_price_where_one_is_known() {
        Offer known = offer("us-central1", "n2-standard-4");
        assertThat(known.cores()).isEqualTo(4);
        assertThat(known.memoryBytes()).isEqualTo(16L << 30);
        assertThat(known.pricePerHour().orElseThrow().dollars()).isEqualByComparingTo("0.194236");
        assertThat(known.pricedOn()).isAfter(LocalDate.EPOCH);
        assertThat(offer("europe-west4", "n2-standard-4").pricePerHour()).isEmpty();
        assertThat(offer("us-central1", "h3-standard-88").pricePerHour()).isEmpty();
    }

    @Test
    void every_type_is_there_once_and_none_shares_its_processors() {
        List<String> types =
                GoogleCatalogue.offers("us-central1").stream().map(Offer::type).toList();
        assertThat(types).hasSizeGreaterThan(150).doesNotHaveDuplicates();
        assertThat(types).noneMatch(type -> type.matches("(e2-(micro|small|medium)|f1-.*|g1-.*)"));
    }

    @Test
    void a_machine_gets_a_disk_that_its_series_takes() {
        assertThat(GoogleCatalogue.diskType("e2-standard-2")).isEqualTo("pd-balanced");
        assertThat(GoogleCatalogue.diskType("c3d-highmem-8")).isEqualTo("pd-balanced");
        assertThat(GoogleCatalogue.diskType("n4-standard-2")).isEqualTo("hyperdisk-balanced");
        assertThat(GoogleCatalogue.diskType("c4-highcpu-4")).isEqualTo("hyperdisk-balanced");
    }
}
