package io.muster.provider.cloud.azure;

import io.muster.provider.cloud.Cloud;
import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudRegion;
import io.muster.provider.cloud.Place;
import io.muster.provider.cloud.rest.RestConnection;
import io.muster.spec.CloudSpec;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Microsoft Azure: one subscription, by the login of the environment. */
public final class AzureCloud implements Cloud {
    /** Any region can tell what the subscription has everywhere. */
    private static final String FIRST_REGION = "eastus";

    private final AzureSettings settings;

    /** @param environment variables that hold the login; not read yet */
    public AzureCloud(Map<String, String> environment) {
        this.settings = new AzureSettings(environment);
    }

    @Override
    public String name() {
        return "azurecompute-arm";
    }

    @Override
    public boolean isSetUp() {
        return settings.hasLogin();
    }

    @Override
    public Place place(CloudSpec where) throws CloudFailure {
        Optional<String> region = where.region().or(settings::region);
        if (region.isEmpty()) {
            throw new CloudFailure(
                    CloudFailure.Kind.PERMANENT,
                    "no region: write region: in the sizing file, for example westeurope, or set"
                            + " AZURE_DEFAULTS_LOCATION; az account list-locations shows what there is");
        }
        Optional<URI> endpoint = where.endpoint();
        return new Place(region.get().toLowerCase(Locale.ROOT), endpoint.isPresent() ? endpoint : settings.endpoint());
    }

    @Override
    public Optional<Place> usualPlace() {
        try {
            return settings.region().isPresent() || settings.endpoint().isPresent()
                    ? Optional.of(firstPlace())
                    : Optional.empty();
        } catch (CloudFailure e) {
            return Optional.empty();
        }
    }

    @Override
    public Place firstPlace() throws CloudFailure {
        return new Place(settings.region().orElse(FIRST_REGION), settings.endpoint());
    }

    @Override
    public CloudRegion connect(Place place) throws CloudFailure {
        AzureLogin login = settings.login();
        URI endpoint = place.endpoint().isPresent() ? place.endpoint().get() : settings.usualEndpoint();
        ArmCalls calls = RestConnection.open(ArmCalls.class, endpoint, login.at(endpoint), ArmErrorReader.class);
        return new AzureRegion(place, new ArmClient(calls, place, endpoint, login.subscription()));
    }
}
