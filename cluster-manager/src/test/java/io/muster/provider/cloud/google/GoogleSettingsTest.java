package io.muster.provider.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.Place;
import io.muster.spec.CloudSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GoogleSettingsTest {
    private static final String KEY = """
            {"type": "service_account", "project_id": "lab", "client_email": "me@lab.iam.gserviceaccount.com",
             "private_key": "-----BEGIN PRIVATE KEY-----\\nhidden\\n-----END PRIVATE KEY-----\\n",
             "token_uri": "https://tokens.example.org/token"}
            """;

    @TempDir
    Path temp;

    private Map<String, String> environment(String file) throws IOException {
        Path path = temp.resolve("key.json");
        Files.writeString(path, file);
        Map<String, String> environment = new HashMap<>();
        environment.put("GOOGLE_APPLICATION_CREDENTIALS", path.toString());
        return environment;
    }

    @Test
    void the_key_file_has_account_project_and_token_service_and_no_text_shows_the_key() throws Exception {
        GoogleLogin login = new GoogleSettings(environment(KEY)).login();
        assertThat(login.account()).isEqualTo("me@lab.iam.gserviceaccount.com");
        assertThat(login.project()).isEqualTo("lab");
        assertThat(login.tokens()).isEqualTo(URI.create("https://tokens.example.org/token"));
        assertThat(login.privateKey()).contains("hidden");
        assertThat(login + " " + login.login()).contains("lab").doesNotContain("hidden");
    }

    @Test
    void the_project_of_the_environment_comes_before_that_of_the_file() throws Exception {
        Map<String, String> environment = environment(KEY);
        environment.put("CLOUDSDK_CORE_PROJECT", "second");
        assertThat(new GoogleSettings(environment).login().project()).isEqualTo("second");
        environment.put("GOOGLE_CLOUD_PROJECT", "first");
        assertThat(new GoogleSettings(environment).login().project()).isEqualTo("first");
    }

    @Test
    void what_is_wrong_with_the_credentials_is_said() throws Exception {
        assertThatThrownBy(() -> new GoogleSettings(Map.of()).login())
                .isInstanceOf(CloudFailure.class)
                .hasMessageContaining("GOOGLE_APPLICATION_CREDENTIALS is not set");
        Map<String, String> user = environment("{\"type\": \"authorized_user\", \"refresh_token\": \"hidden\"}");
        assertThatThrownBy(() -> new GoogleSettings(user).login())
                .hasMessageContaining("\"authorized_user\"; only service_account is supported")
                .hasMessageNotContaining("hidden");
        assertThat(new GoogleCloud(user).isSetUp()).isFalse();
        assertThatThrownBy(() -> new GoogleSettings(environment("hidden: it is YAML")).login())
                .hasMessageContaining("is not JSON")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> new GoogleSettings(Map.of("GOOGLE_APPLICATION_CREDENTIALS", "/no/such/file")).login())
                .hasMessageContaining("cannot read the file /no/such/file");
        assertThat(new GoogleCloud(environment(KEY)).isSetUp()).isTrue();
    }

    @Test
    void a_region_is_needed_and_may_be_that_of_the_zone() throws Exception {
        assertThatThrownBy(() -> new GoogleCloud(Map.of()).place(CloudSpec.NONE))
                .isInstanceOf(CloudFailure.class)
                .hasMessageContaining("region:");
        assertThat(new GoogleCloud(Map.of()).place(CloudSpec.NONE.withZone("europe-west1-b")))
                .isEqualTo(new Place("europe-west1", Optional.empty()));
        assertThat(new GoogleCloud(Map.of("CLOUDSDK_COMPUTE_ZONE", "us-east1-c")).place(CloudSpec.NONE))
                .isEqualTo(new Place("us-east1", Optional.empty()));
        assertThat(new GoogleCloud(Map.of("CLOUDSDK_COMPUTE_REGION", "US-west1")).place(CloudSpec.NONE))
                .isEqualTo(new Place("us-west1", Optional.empty()));
    }

    @Test
    void another_endpoint_is_that_of_googles_command_line() throws Exception {
        assertThat(new GoogleSettings(
                                Map.of("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", "http://127.0.0.1:8080/compute/v1/"))
                        .endpoint())
                .contains(URI.create("http://127.0.0.1:8080"));
    }
}
