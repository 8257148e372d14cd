package io.muster.provider.cloud.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.provider.cloud.ImageAlias;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AzureImagesTest {
    @Test
    void every_alias_is_an_image_of_the_marketplace() {
        for (ImageAlias alias : ImageAlias.values()) {
            assertThat(AzureImages.Urn.of(AzureImages.urn(alias)))
                    .hasValueSatisfying(urn -> assertThat(urn.version()).isEqualTo("latest"));
        }
    }

    @Test
    void images_are_named_by_urn_or_id() {
        assertThat(AzureImages.reference("Debian:debian-12:12-gen2:0.20260112.2355"))
                .isEqualTo(Map.of(
                        "publisher", "Debian", "offer", "debian-12", "sku", "12-gen2", "version", "0.20260112.2355"));
        String id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/mine";
        assertThat(AzureImages.reference(id)).isEqualTo(Map.of("id", id));
        assertThat(AzureImages.Urn.of("a:b:c")).isEmpty();
        assertThat(AzureImages.Urn.of("a:b::d")).isEmpty();
    }
}
