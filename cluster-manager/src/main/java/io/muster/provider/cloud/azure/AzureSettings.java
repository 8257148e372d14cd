package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.CloudFailure;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the environment says about Azure, in the variables of Azure's own libraries. Thread-safe. */
final class AzureSettings {
    private static final String TENANT = "AZURE_TENANT_ID";
    private static final String CLIENT = "AZURE_CLIENT_ID";
    private static final String SECRET = "AZURE_CLIENT_SECRET";
    private static final String SUBSCRIPTION = "AZURE_SUBSCRIPTION_ID";
    private static final String AUTHORITY = "AZURE_AUTHORITY_HOST";
    private static final String ENDPOINT = "AZURE_RESOURCE_MANAGER_ENDPOINT";
    /** Where the command line of Azure keeps its default location. */
    private static final String REGION = "AZURE_DEFAULTS_LOCATION";

    private static final String WORLD = "https://management.azure.com";
    /** The resource managers of the clouds that are apart, by what their login hosts end with. */
    private static final Map<String, String> APART = Map.of(
            ".chinacloudapi.cn", "https://management.chinacloudapi.cn",
            ".partner.microsoftonline.cn", "https://management.chinacloudapi.cn",
            ".microsoftonline.us", "https://management.usgovcloudapi.net");

    private final Map<String, String> environment;

    AzureSettings(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    boolean hasLogin() {
        return missing().isEmpty();
    }

    AzureLogin login() throws CloudFailure {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new CloudFailure(
                    CloudFailure.Kind.PERMANENT,
                    "no Azure credentials: " + String.join(", ", missing)
                            + (missing.size() == 1 ? " is" : " are")
                            + " not set. az ad sp create-for-rbac --role Contributor --scopes"
                            + " /subscriptions/SUBSCRIPTION prints appId (" + CLIENT + "), password (" + SECRET
                            + ") and tenant (" + TENANT + "); az account show has the id of the subscription ("
                            + SUBSCRIPTION + ")");
        }
        return new AzureLogin(text(TENANT), text(CLIENT), text(SECRET), text(SUBSCRIPTION), authority());
    }

    private List<String> missing() {
        return List.of(TENANT, CLIENT, SECRET, SUBSCRIPTION).stream()
                .filter(name -> variable(name).isEmpty())
                .toList();
    }

    /** The region of a sizing file that names none. */
    Optional<String> region() {
        return variable(REGION).map(name -> name.toLowerCase(Locale.ROOT));
    }

    /** A resource manager that is not that of the login host. */
    Optional<URI> endpoint() throws CloudFailure {
        Optional<String> text = variable(ENDPOINT);
        return text.isEmpty() ? Optional.empty() : Optional.of(address(ENDPOINT, text.get()));
    }

    /** The resource manager that belongs to the login host. */
    URI usualEndpoint() throws CloudFailure {
        String host = String.valueOf(authority().getHost());
        return URI.create(APART.entrySet().stream()
                .filter(one -> host.endsWith(one.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(WORLD));
    }

    private URI authority() throws CloudFailure {
        String said = variable(AUTHORITY).orElse("https://login.microsoftonline.com");
        return address(AUTHORITY, said.contains("://") ? said : "https://" + said);
    }

    private static URI address(String variable, String text) throws CloudFailure {
        try {
            return URI.create(text.replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new CloudFailure(CloudFailure.Kind.PERMANENT, variable + " is no address: " + e.getMessage(), e);
        }
    }

    private String text(String name) {
        return variable(name).orElse("");
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
