package io.muster.provider.cloud.openstack;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.openstack.OpenStackLogin.Domain;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What the OpenStack client is told: variables {@code OS_*}, or the cloud that {@code OS_CLOUD} names (the only one, if
 * there is one only) in {@code clouds.yaml} of the working folder, {@code ~/.config/openstack} or {@code
 * /etc/openstack}; a {@code secure.yaml} beside it adds what others must not read. Reads the files when asked.
 * Thread-safe.
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
        boolean application = found.keySet().stream().anyMatch(key -> key.startsWith("application_credential_"));
        String identity = application ? "application_credential_id" : "username";
        String secret = application ? "application_credential_secret" : "password";
        for (String needed : List.of("auth_url", identity, secret)) {
            if (found.getOrDefault(needed, "").isBlank()) {
                throw missing(needed + " (OS_" + needed.toUpperCase(Locale.ROOT) + ") is not there");
            }
        }
        String project = found.containsKey("project_id")
                ? "projectId:" + found.get("project_id")
                : "project:" + found.getOrDefault("project_name", found.getOrDefault("tenant_name", ""));
        if (!application && project.endsWith(":")) {
            throw missing("project_name (OS_PROJECT_NAME) is not there");
        }
        if (!application
                && found.containsKey("user_domain_id")
                && domain(found, "user").isEmpty()) {
            throw missing("the domain of the user is known by its id only: set user_domain_name (OS_USER_DOMAIN_NAME)"
                    + " to what openstack domain show " + found.get("user_domain_id") + " calls it");
        }
        try {
            return new OpenStackLogin(
                    URI.create(found.getOrDefault("auth_url", "")),
                    application ? OpenStackLogin.Kind.APPLICATION_CREDENTIAL : OpenStackLogin.Kind.PASSWORD,
                    found.getOrDefault(identity, ""),
                    found.getOrDefault(secret, ""),
                    domain(found, "user").orElse(DEFAULT_DOMAIN),
                    application ? "unscoped" : project,
                    domain(found, "project")
                            .map(Domain::named)
                            .orElseGet(() -> Domain.withId(found.getOrDefault("project_domain_id", ""))),
                    Optional.ofNullable(found.get("region_name")));
        } catch (IllegalArgumentException e) {
            throw missing("auth_url is no address");
        }
    }

    /** The name of a domain; empty when it is known by its id only. Everybody's domain is named by its id as a rule. */
    private static Optional<String> domain(Map<String, String> found, String whose) {
        String name = found.getOrDefault(whose + "_domain_name", found.getOrDefault("domain_name", ""));
        String id = found.getOrDefault(whose + "_domain_id", "");
        if (name.isEmpty() && !id.isEmpty() && !id.equals("default")) {
            return Optional.empty();
        }
        return Optional.of(name.isEmpty() || name.equals("default") ? DEFAULT_DOMAIN : name);
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
            JsonNode clouds = clouds(file);
            String name = environment.getOrDefault("OS_CLOUD", "");
            if (name.isEmpty() && clouds.size() == 1) {
                name = clouds.propertyNames().iterator().next();
            }
            if (clouds.has(name)) {
                Map<String, String> found = values(clouds.path(name));
                Path secure = file.resolveSibling("secure.yaml");
                if (Files.isReadable(secure)) {
                    found.putAll(values(clouds(secure).path(name)));
                }
                Optional.ofNullable(environment.get("OS_REGION_NAME"))
                        .ifPresent(region -> found.put("region_name", region));
                return found;
            }
        }
        String wanted = environment.getOrDefault("OS_CLOUD", "");
        throw missing(
                wanted.isEmpty()
                        ? "auth_url (OS_AUTH_URL) is not there"
                        : "OS_CLOUD names " + wanted + ", which no clouds.yaml has (looked in "
                                + files.stream().map(Path::toString).collect(Collectors.joining(", ")) + ")");
    }

    private static JsonNode clouds(Path file) throws CloudFailure {
        try {
            return new YAMLMapper().readTree(Files.readString(file)).path("clouds");
        } catch (IOException | JacksonException e) {
            // The message of the parser may quote a password.
            throw missing(file + " cannot be read as YAML");
        }
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
