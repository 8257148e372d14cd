package io.muster.provider.cloud.google;

import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudFailure.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What environment and key file say, in the variables of Google's own libraries and command line. Thread-safe. */
final class GoogleSettings {
    private static final String KEY_FILE = "GOOGLE_APPLICATION_CREDENTIALS";
    private static final List<String> PROJECT = List.of("GOOGLE_CLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT");
    private static final String REGION = "CLOUDSDK_COMPUTE_REGION";
    private static final String ZONE = "CLOUDSDK_COMPUTE_ZONE";
    private static final String ENDPOINT = "CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE";

    private static final String TOKENS = "https://oauth2.googleapis.com/token";
    private static final String SERVICE_ACCOUNT = "service_account";
    private static final String NEXT = "gcloud iam service-accounts keys create key.json --iam-account ACCOUNT"
            + " makes the key file of a service account; set " + KEY_FILE + " to its path";

    private final Map<String, String> environment;

    GoogleSettings(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    boolean hasLogin() {
        try {
            return !login().project().isEmpty();
        } catch (CloudFailure e) {
            return false;
        }
    }

    GoogleLogin login() throws CloudFailure {
        Optional<String> file = variable(KEY_FILE);
        if (file.isEmpty()) {
            throw permanent("no Google credentials: " + KEY_FILE + " is not set. " + NEXT);
        }
        JsonNode key = read(file.get());
        String kind = key.path("type").asString("");
        if (!kind.equals(SERVICE_ACCOUNT)) {
            throw permanent(KEY_FILE + " names " + file.get() + ", whose type is \"" + kind + "\"; only "
                    + SERVICE_ACCOUNT + " is supported. " + NEXT);
        }
        String account = key.path("client_email").asString("");
        String privateKey = key.path("private_key").asString("");
        if (account.isEmpty() || !privateKey.contains("PRIVATE KEY-----")) {
            throw permanent(KEY_FILE + " names " + file.get() + ", which has no client_email or private_key. " + NEXT);
        }
        String tokens = key.path("token_uri").asString("");
        return new GoogleLogin(
                account, privateKey, project(key), address("token_uri", tokens.isEmpty() ? TOKENS : tokens));
    }

    private static JsonNode read(String file) throws CloudFailure {
        try {
            return new JsonMapper().readTree(Files.readAllBytes(Path.of(file)));
        } catch (IOException | InvalidPathException e) {
            throw permanent("cannot read the file " + file + " of " + KEY_FILE + ": " + e.getMessage());
        } catch (JacksonException e) {
            // What the parser says may quote the file.
            throw permanent("the file " + file + " of " + KEY_FILE + " is not JSON. " + NEXT);
        }
    }

    private String project(JsonNode key) throws CloudFailure {
        for (String name : PROJECT) {
            if (variable(name).isPresent()) {
                return variable(name).get();
            }
        }
        String project = key.path("project_id").asString("");
        if (project.isEmpty()) {
            throw permanent("no project: set " + PROJECT.getFirst() + "; gcloud projects list shows what there is");
        }
        return project;
    }

    /** The region of a sizing file that names none. */
    Optional<String> region() {
        return variable(REGION).or(() -> zone().map(GoogleSettings::regionOf));
    }

    /** The zone of a sizing file that names neither. */
    Optional<String> zone() {
        return variable(ZONE).map(name -> name.toLowerCase(Locale.ROOT));
    }

    /** The region that a zone is in: {@code europe-west1} of {@code europe-west1-b}. */
    static String regionOf(String zone) {
        return zone.replaceFirst("-[^-]+$", "");
    }

    /** Where the API answers, when that is not Google's own address. */
    Optional<URI> endpoint() throws CloudFailure {
        Optional<String> text = variable(ENDPOINT);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(address(ENDPOINT, text.get().replaceFirst("/compute/v1/?$", "")));
    }

    private static URI address(String what, String text) throws CloudFailure {
        try {
            return URI.create(text.replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw permanent(what + " is no address: " + e.getMessage());
        }
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static CloudFailure permanent(String message) {
        return new CloudFailure(Kind.PERMANENT, message);
    }
}
