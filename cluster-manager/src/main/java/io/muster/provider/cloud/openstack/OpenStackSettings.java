package io.muster.provider.cloud.openstack;

import io.muster.provider.cloud.CloudFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What the OpenStack client is told: variables {@code OS_*}, or the cloud that {@code OS_CLOUD} names (the only one, if
 * there is one only) in {@code clouds.yaml} of the working folder, {@code ~/.config/openstack} or {@code
 * /etc/openstack}. Reads the files when asked. Thread-safe.
 */
final class OpenStackSettings {
    private static final String DEFAULT_DOMAIN = "Default";

    private final Map<String, String> environment;
    private final List<Path> files;

    /** @param files the places of {@code clouds.yaml}, in their order */
    OpenStackSettings(Map<String, String> environment, List<Path> files) {
        this.environment = Map.copyOf(environment);
        this.files = List.copyOf(files);
    }

    boolean hasLogin() {
        try {
            login();
            return true;
        } catch (CloudFailure e) {
            return false;
        }
    }

    OpenStackLogin login() throws CloudFailure {
        Map<String, String> found = environment.containsKey("OS_CLOUD") ? Map.of() : ofVariables();
        if (!found.containsKey("auth_url")) {
            found = ofFile();
        }
        return login(found);
    }

    private static OpenStackLogin login(Map<String, String> found) throws CloudFailure {
        boolean application = found.containsKey("application_credential_id");
        String secret = application ? "application_credential_secret" : "password";
        for (String needed : List.of("auth_url", application ? "application_credential_id" : "username", secret)) {
            if (!found.containsKey(needed)) {
                throw missing(needed + " is not there");
            }
        }
        String project = found.containsKey("project_id")
                ? "projectId:" + found.get("project_id")
                : "project:" + found.getOrDefault("project_name", "");
        if (!application && project.endsWith(":")) {
            throw missing("project_name is not there");
        }
        try {
            return new OpenStackLogin(
                    URI.create(found.getOrDefault("auth_url", "")),
                    application ? OpenStackLogin.Kind.APPLICATION_CREDENTIAL : OpenStackLogin.Kind.PASSWORD,
                    found.getOrDefault(application ? "application_credential_id" : "username", ""),
                    found.getOrDefault(secret, ""),
                    domain(found, "user"),
                    application ? "unscoped" : project,
                    domain(found, "project"),
                    Optional.ofNullable(found.get("region_name")));
        } catch (IllegalArgumentException e) {
            throw missing("auth_url is no address");
        }
    }

    /** The domain that everybody has is known by its id in many files. */
    private static String domain(Map<String, String> found, String whose) {
        String name = found.getOrDefault(whose + "_domain_name", found.getOrDefault(whose + "_domain_id", ""));
        return name.isEmpty() || name.equals("default") ? DEFAULT_DOMAIN : name;
    }

    private Map<String, String> ofVariables() {
        Map<String, String> found = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("OS_") && !value.isBlank()) {
                found.put(name.substring("OS_".length()).toLowerCase(Locale.ROOT), value);
            }
        });
        return found;
    }

    private Map<String, String> ofFile() throws CloudFailure {
        for (Path file : files) {
            if (!Files.isReadable(file)) {
                continue;
            }
            JsonNode clouds;
            try {
                clouds = new YAMLMapper().readTree(Files.readString(file)).path("clouds");
            } catch (IOException | JacksonException e) {
                // The message of the parser may quote a password.
                throw missing(file + " cannot be read as YAML");
            }
            String name = environment.getOrDefault("OS_CLOUD", "");
            if (name.isEmpty() && clouds.size() == 1) {
                name = clouds.propertyNames().iterator().next();
            }
            if (clouds.has(name)) {
                return values(clouds.path(name));
            }
        }
        throw missing("no cloud " + environment.getOrDefault("OS_CLOUD", "") + " in clouds.yaml");
    }

    private static Map<String, String> values(JsonNode cloud) {
        Map<String, String> found = new HashMap<>();
        cloud.path("auth")
                .properties()
                .forEach(one -> found.put(one.getKey(), one.getValue().asString("")));
        if (cloud.has("region_name")) {
            found.put("region_name", cloud.path("region_name").asString(""));
        }
        return found;
    }

    private static CloudFailure missing(String what) {
        return new CloudFailure(
                CloudFailure.Kind.PERMANENT,
                "no OpenStack login: " + what + ". Source the openrc file of your project (OS_AUTH_URL, OS_USERNAME,"
                        + " OS_PASSWORD, OS_PROJECT_NAME), or set OS_CLOUD to a cloud in"
                        + " ~/.config/openstack/clouds.yaml");
    }
}
