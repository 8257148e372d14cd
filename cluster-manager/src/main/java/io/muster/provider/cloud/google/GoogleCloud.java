package io.muster.provider.cloud.google;

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

/** Google Compute Engine: one project, by the service account of the environment. */
public final class GoogleCloud implements Cloud {
    static final String NAME = "google-compute-engine";

    /** Any region can tell what the project has everywhere. */
    private static final String FIRST_REGION = "us-central1";

    private static final URI WORLD = URI.create("https://compute.googleapis.com");

    private final GoogleSettings settings;

    /** @param environment variables that name the key file; not read yet */
    public GoogleCloud(Map<String, String> environment) {
        this.settings = new GoogleSettings(environment);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isSetUp() {
        return settings.hasLogin();
    }

    @Override
    public Place place(CloudSpec where) throws CloudFailure {
        Optional<String> region = where.region()
                .or(() -> where.zone().map(GoogleSettings::regionOf))
                .or(settings::region);
        if (region.isEmpty()) {
            throw new CloudFailure(
                    CloudFailure.Kind.PERMANENT,
                    "no region: write region: in the sizing file, for example europe-west1, or set"
                            + " CLOUDSDK_COMPUTE_REGION; gcloud compute regions list shows what there is");
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
        return new Place(settings.region().orElse(FIRST_REGION).toLowerCase(Locale.ROOT), settings.endpoint());
    }

    @Override
    public CloudRegion connect(Place place) throws CloudFailure {
        GoogleLogin login = settings.login();
        URI endpoint = place.endpoint().orElse(WORLD);
        ComputeCalls calls = RestConnection.open(ComputeCalls.class, endpoint, login.login(), ComputeErrorReader.class);
        return new GoogleRegion(place, new ComputeClient(calls, place, endpoint, login), settings.zone());
    }
}
