package io.muster.provider.cloud.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.Offer;
import java.time.LocalDate;
import java.util.Optional;
import org.jclouds.openstack.nova.v2_0.domain.Flavor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenStackCatalogueTest {
    @ParameterizedTest
    @CsvSource({
        "debian-12, Debian 12, true",
        "debian-12, debian-12-genericcloud-amd64, true",
        "debian-12, Debian GNU/Linux 12 (Bookworm), true",
        "debian-12, debian-bookworm, true",
        "debian-12, Debian 11, false",
        "debian-12, debian-120, false",
        "debian-12, my debian 12, false",
        "ubuntu-24.04, Ubuntu Server 24.04 LTS, true",
        "ubuntu-24.04, ubuntu-noble-server-cloudimg-amd64, true",
        "ubuntu-24.04, Ubuntu 22.04, false",
        "rocky-9, Rocky Linux 9.4, true",
        "rocky-9, rocky9, true",
        "rocky-9, Rocky Linux 8, false",
        "Our image.v2, Our image.v2, true",
        "Our image.v2, Our imageXv2, false"
    })
    void an_alias_means_what_administrators_call_the_image(String wanted, String name, boolean isMeant) {
        assertThat(ImageNames.of(wanted).test(name)).isEqualTo(isMeant);
    }

    @Test
    void a_flavor_is_an_offer_without_a_price() {
        Flavor flavor = Flavor.builder()
                .id("7")
                .name("m1.small")
                .vcpus(1)
                .ram(1024)
                .disk(4)
                .build();
        LocalDate today = LocalDate.of(2026, 11, 23);
        assertThat(OpenStackRegion.offer(flavor, "north", today))
                .isEqualTo(new Offer(
                        "openstack-nova", "north", "m1.small", 1, 1L << 30, Optional.empty(), Optional.empty(), today));
    }
}
