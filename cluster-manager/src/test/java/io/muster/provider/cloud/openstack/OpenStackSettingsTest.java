package io.muster.provider.cloud.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.provider.cloud.CloudFailure;
import io.muster.spec.CloudSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenStackSettingsTest {
    private static final Map<String, String> VARIABLES = Map.of(
            "OS_AUTH_URL", "https://keystone.example.org:5000/v3",
            "OS_USERNAME", "ada",
            "OS_PASSWORD", "hidden-password",
            "OS_PROJECT_NAME", "waves",
            "OS_REGION_NAME", "north");

    @TempDir
    Path home;

    private OpenStackLogin login(Map<String, String> environment) throws CloudFailure {
        return new OpenStackSettings(environment, List.of(home.resolve("clouds.yaml"))).login();
    }

    private static Map<String, String> without(String name) {
        Map<String, String> left = new HashMap<>(VARIABLES);
        left.remove(name);
        return left;
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> more = new HashMap<>(VARIABLES);
        more.put(name, value);
        return more;
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(home.resolve(name), text);
    }

    @Test
    void variables_are_a_login_and_no_text_shows_the_password() throws Exception {
        OpenStackLogin found = login(VARIABLES);
        assertThat(found.kind()).isEqualTo(OpenStackLogin.Kind.PASSWORD);
        assertThat(found.authUrl()).isEqualTo(URI.create("https://keystone.example.org:5000/v3"));
        assertThat(found.identity()).isEqualTo("ada");
        assertThat(found.secret()).isEqualTo("hidden-password");
        assertThat(found.scope()).isEqualTo("project:waves");
        assertThat(found.userDomain()).isEqualTo("Default");
        assertThat(found.projectDomain()).isEqualTo(OpenStackLogin.Domain.named("Default"));
        assertThat(found.region()).contains("north");
        assertThat(found.toString()).doesNotContain("hidden-password");
    }

    @Test
    void what_is_missing_is_named_by_its_variable() {
        for (String name : List.of("OS_AUTH_URL", "OS_USERNAME", "OS_PASSWORD", "OS_PROJECT_NAME")) {
            assertThatThrownBy(() -> login(without(name)))
                    .isInstanceOf(CloudFailure.class)
                    .hasMessageContaining("(" + name + ") is not there")
                    .hasMessageNotContaining("hidden-password");
        }
        assertThat(new OpenStackSettings(Map.of(), List.of()).hasLogin()).isFalse();
    }

    @Test
    void an_application_credential_needs_no_project() throws Exception {
        Map<String, String> environment = Map.of(
                "OS_AUTH_URL", "https://keystone.example.org/v3",
                "OS_APPLICATION_CREDENTIAL_ID", "21dc",
                "OS_APPLICATION_CREDENTIAL_SECRET", "s3");
        OpenStackLogin found = login(environment);
        assertThat(found.kind()).isEqualTo(OpenStackLogin.Kind.APPLICATION_CREDENTIAL);
        assertThat(found.identity()).isEqualTo("21dc");
        assertThat(found.scope()).isEqualTo("unscoped");
        assertThatThrownBy(() -> login(Map.of(
                        "OS_AUTH_URL", "https://keystone.example.org/v3", "OS_APPLICATION_CREDENTIAL_NAME", "mine")))
                .hasMessageContaining("OS_APPLICATION_CREDENTIAL_ID");
    }

    @Test
    void domains_are_named_or_known_by_their_ids() throws Exception {
        assertThat(login(with("OS_PROJECT_DOMAIN_ID", "4f2")).projectDomain())
                .isEqualTo(OpenStackLogin.Domain.withId("4f2"));
        assertThat(login(with("OS_USER_DOMAIN_ID", "default")).userDomain()).isEqualTo("Default");
        assertThat(login(with("OS_PROJECT_ID", "77")).scope()).isEqualTo("projectId:77");
        assertThatThrownBy(() -> login(with("OS_USER_DOMAIN_ID", "4f2")))
                .hasMessageContaining("OS_USER_DOMAIN_NAME", "openstack domain show 4f2");
    }

    @Test
    void a_cloud_of_the_file_gets_its_password_from_the_secure_one() throws Exception {
        file("clouds.yaml", """
                clouds:
                  lab:
                    auth:
                      auth_url: http://10.0.0.2:5000/v3
                      username: grace
                      project_name: tides
                      user_domain_id: default
                    region_name: south
                  other:
                    auth: {auth_url: http://10.0.0.3:5000/v3}
                """);
        file("secure.yaml", "clouds: {lab: {auth: {password: from-secure}}}\n");
        OpenStackLogin found = login(with("OS_CLOUD", "lab"));
        assertThat(found.identity()).isEqualTo("grace");
        assertThat(found.secret()).isEqualTo("from-secure");
        // As for the OpenStack client, the variable names the region of every cloud.
        assertThat(found.region()).contains("north");
        assertThat(login(Map.of("OS_CLOUD", "lab")).region()).contains("south");
        assertThatThrownBy(() -> login(Map.of("OS_CLOUD", "other")))
                .hasMessageContaining("username (OS_USERNAME) is not there");
        assertThatThrownBy(() -> login(Map.of("OS_CLOUD", "moon")))
                .hasMessageContaining("OS_CLOUD names moon")
                .hasMessageContaining(home.resolve("clouds.yaml").toString());
        assertThatThrownBy(() -> login(Map.of())).hasMessageContaining("OS_AUTH_URL");
    }

    @Test
    void the_only_cloud_of_the_file_needs_no_name_and_a_broken_file_does_not_show_its_text() throws Exception {
        file("clouds.yaml", """
                clouds:
                  lab:
                    auth: {auth_url: "http://h/v3", username: u, password: p, project_id: 9}
                """);
        assertThat(login(Map.of()).scope()).isEqualTo("projectId:9");
        file("clouds.yaml", "clouds: {lab: {auth: {password: hidden-password\n");
        assertThatThrownBy(() -> login(Map.of()))
                .hasMessageContaining("cannot be read as YAML")
                .hasMessageNotContaining("hidden-password");
    }

    @Test
    void a_place_has_the_region_and_the_address_of_the_login_unless_the_sizing_file_names_others() throws Exception {
        OpenStackCloud cloud = new OpenStackCloud(without("OS_REGION_NAME"), home);
        assertThat(cloud.place(CloudSpec.NONE).region()).isEqualTo("RegionOne");
        assertThat(cloud.usualPlace().orElseThrow().endpoint())
                .contains(URI.create("https://keystone.example.org:5000/v3"));
        CloudSpec other = new CloudSpec(
                Optional.of("east"),
                Optional.empty(),
                Optional.of(URI.create("https://other.example.org/v3")),
                Optional.empty(),
                CloudSpec.NONE.address(),
                Optional.empty(),
                false);
        assertThat(cloud.place(other)).hasToString("east at https://other.example.org/v3");
    }
}
