package io.muster.provider.cloud.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.provider.cloud.CloudFailure;
import io.muster.spec.CloudSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AwsSettingsTest {
    @TempDir
    Path home;

    private void file(String name, String text) throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws").resolve(name), text);
    }

    @Test
    void variables_come_first_and_no_text_shows_a_secret() throws Exception {
        file("credentials", "[default]\naws_access_key_id = FILE\naws_secret_access_key = file-secret\n");
        AwsCredentials found = new AwsSettings(
                        Map.of(
                                "AWS_ACCESS_KEY_ID",
                                "ENV",
                                "AWS_SECRET_ACCESS_KEY",
                                "env-secret",
                                "AWS_SESSION_TOKEN",
                                "env-token"),
                        home)
                .credentials();
        assertThat(found.accessKeyId()).isEqualTo("ENV");
        assertThat(found.sessionToken()).contains("env-token");
        assertThat(found.toString()).doesNotContain("secret").doesNotContain("env-token");
    }

    @Test
    void a_profile_is_read_from_both_files() throws Exception {
        file("credentials", """
                [default]
                aws_access_key_id = WRONG
                aws_secret_access_key = wrong
                # of the laboratory
                [lab]
                aws_access_key_id = LAB
                aws_secret_access_key = a=b/c+
                """);
        file("config", """
                [default]
                region = us-west-2
                [profile lab]
                region = eu-west-1
                s3 =
                  region = never
                """);
        AwsSettings settings = new AwsSettings(Map.of("AWS_PROFILE", "lab"), home);
        assertThat(settings.credentials().accessKeyId()).isEqualTo("LAB");
        assertThat(settings.credentials().secretAccessKey()).isEqualTo("a=b/c+");
        assertThat(settings.region()).contains("eu-west-1");
        assertThat(new AwsSettings(Map.of("AWS_PROFILE", "lab", "AWS_REGION", "eu-north-1"), home).region())
                .contains("eu-north-1");
    }

    @Test
    void what_is_missing_is_named() {
        assertThatThrownBy(() -> new AwsSettings(Map.of(), home).credentials())
                .isInstanceOf(CloudFailure.class)
                .hasMessageContaining("AWS_ACCESS_KEY_ID")
                .hasMessageContaining(home.resolve(".aws/credentials").toString());
        Ec2Cloud cloud = new Ec2Cloud(Map.of(), home);
        assertThat(cloud.isSetUp()).isFalse();
        assertThatThrownBy(() -> cloud.place(CloudSpec.NONE))
                .isInstanceOf(CloudFailure.class)
                .hasMessageContaining("AWS_REGION");
    }
}
