package io.muster.provider.cloud.ec2;

import io.muster.provider.cloud.CloudFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the AWS tools are told by environment and files, as their reference of settings has it: the variables come
 * first, then the profile in {@code ~/.aws/credentials}, then that in {@code ~/.aws/config}. Reads the files when
 * asked. Thread-safe.
 */
final class AwsSettings {
    private final Map<String, String> environment;
    private final Path home;

    /** @param home folder of the user, in which {@code .aws} is */
    AwsSettings(Map<String, String> environment, Path home) {
        this.environment = Map.copyOf(environment);
        this.home = home;
    }

    boolean hasCredentials() {
        try {
            credentials();
            return true;
        } catch (CloudFailure e) {
            return false;
        }
    }

    AwsCredentials credentials() throws CloudFailure {
        Optional<String> id = variable("AWS_ACCESS_KEY_ID");
        Optional<String> secret = variable("AWS_SECRET_ACCESS_KEY");
        if (id.isPresent() && secret.isPresent()) {
            return new AwsCredentials(id.get(), secret.get(), variable("AWS_SESSION_TOKEN"), "AWS_ACCESS_KEY_ID");
        }
        for (Path file : new Path[] {credentialsFile(), configFile()}) {
            Map<String, String> section = section(file);
            if (section.containsKey("aws_access_key_id") && section.containsKey("aws_secret_access_key")) {
                return new AwsCredentials(
                        section.getOrDefault("aws_access_key_id", ""),
                        section.getOrDefault("aws_secret_access_key", ""),
                        Optional.ofNullable(section.get("aws_session_token")),
                        "profile " + profile() + " in " + file);
            }
        }
        throw new CloudFailure(
                CloudFailure.Kind.PERMANENT,
                "no AWS credentials: neither AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, nor a key of profile "
                        + profile() + " in " + credentialsFile()
                        + ". Set one of them; aws configure export-credentials --format env prints those of a log-in"
                        + " by single sign-on");
    }

    Optional<String> region() {
        return variable("AWS_REGION")
                .or(() -> variable("AWS_DEFAULT_REGION"))
                .or(() -> Optional.ofNullable(section(configFile()).get("region")))
                .or(() -> Optional.ofNullable(section(credentialsFile()).get("region")));
    }

    /** An endpoint in place of Amazon's own. */
    Optional<URI> endpoint() throws CloudFailure {
        Optional<String> text = variable("AWS_ENDPOINT_URL_EC2")
                .or(() -> variable("AWS_ENDPOINT_URL"))
                .or(() -> Optional.ofNullable(section(configFile()).get("endpoint_url")));
        try {
            return text.map(URI::create);
        } catch (IllegalArgumentException e) {
            throw new CloudFailure(CloudFailure.Kind.PERMANENT, "AWS_ENDPOINT_URL is no address: " + e.getMessage(), e);
        }
    }

    Path configFile() {
        return variable("AWS_CONFIG_FILE").map(Path::of).orElse(home.resolve(".aws/config"));
    }

    private Path credentialsFile() {
        return variable("AWS_SHARED_CREDENTIALS_FILE").map(Path::of).orElse(home.resolve(".aws/credentials"));
    }

    private String profile() {
        return variable("AWS_PROFILE").or(() -> variable("AWS_DEFAULT_PROFILE")).orElse("default");
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The settings of the profile in one file; its section is called {@code profile NAME} in the configuration. */
    private Map<String, String> section(Path file) {
        Map<String, String> settings = new HashMap<>();
        if (!Files.isReadable(file)) {
            return settings;
        }
        boolean inside = false;
        try {
            for (String line : Files.readAllLines(file)) {
                String text = line.strip();
                if (text.startsWith("[") && text.endsWith("]")) {
                    String name = text.substring(1, text.length() - 1).strip();
                    inside = name.equals(profile()) || name.equals("profile " + profile());
                } else if (inside && !line.startsWith(" ") && !text.startsWith("#") && text.contains("=")) {
                    int equals = text.indexOf('=');
                    settings.put(
                            text.substring(0, equals).strip(),
                            text.substring(equals + 1).strip());
                }
            }
        } catch (IOException e) {
            // As if it were not there: the message about what is missing names it.
            return Map.of();
        }
        return settings;
    }
}
