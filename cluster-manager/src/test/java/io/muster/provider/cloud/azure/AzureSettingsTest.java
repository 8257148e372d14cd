package io.muster.provider.cloud.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.Place;
import io.muster.spec.CloudSpec;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AzureSettingsTest {
    private static final Map<String, String> LOGIN = Map.of(
            "AZURE_TENANT_ID", "tenant",
            "AZURE_CLIENT_ID", "client",
            "AZURE_CLIENT_SECRET", "hidden",
            "AZURE_SUBSCRIPTION_ID", "subscription");

    private static AzureSettings settings(String name, String value) {
        Map<String, String> all = new HashMap<>(LOGIN);
        all.put(name, value);
        return new AzureSettings(all);
    }

    @Test
    void the_login_is_in_the_variables_and_no_text_shows_the_secret() throws Exception {
        AzureLogin login = new AzureSettings(LOGIN).login();
        assertThat(login.tenant()).isEqualTo("tenant");
        assertThat(login.secret()).isEqualTo("hidden");
        assertThat(login.authority()).isEqualTo(URI.create("https://login.microsoftonline.com"));
        assertThat(login.toString()).contains("subscription").doesNotContain("hidden");
    }

    @Test
    void every_missing_variable_is_named() {
        assertThatThrownBy(() -> new AzureSettings(Map.of("AZURE_CLIENT_ID", "x", "AZURE_TENANT_ID", " ")).login())
                .isInstanceOf(CloudFailure.class)
                .hasMessageContaining("AZURE_TENANT_ID, AZURE_CLIENT_SECRET, AZURE_SUBSCRIPTION_ID are not set");
        assertThat(new AzureCloud(Map.of()).isSetUp()).isFalse();
        assertThat(new AzureCloud(LOGIN).isSetUp()).isTrue();
    }

    @Test
    void the_login_host_says_which_cloud_is_meant() throws Exception {
        assertThat(new AzureSettings(LOGIN).usualEndpoint()).isEqualTo(URI.create("https://management.azure.com"));
        assertThat(settings("AZURE_AUTHORITY_HOST", "login.microsoftonline.us/").usualEndpoint())
                .isEqualTo(URI.create("https://management.usgovcloudapi.net"));
        assertThat(settings("AZURE_AUTHORITY_HOST", "https://login.chinacloudapi.cn")
                        .usualEndpoint())
                .isEqualTo(URI.create("https://management.chinacloudapi.cn"));
    }

    @Test
    void a_region_is_needed_and_known_in_small_letters() throws Exception {
        assertThatThrownBy(() -> new AzureCloud(LOGIN).place(CloudSpec.NONE))
                .isInstanceOf(CloudFailure.class)
                .hasMessageContaining("region:");
        Map<String, String> all = new HashMap<>(LOGIN);
        all.put("AZURE_DEFAULTS_LOCATION", "WestEurope");
        assertThat(new AzureCloud(all).place(CloudSpec.NONE)).isEqualTo(new Place("westeurope", Optional.empty()));
    }
}
