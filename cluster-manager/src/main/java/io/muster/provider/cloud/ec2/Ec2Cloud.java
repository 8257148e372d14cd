package io.muster.provider.cloud.ec2;

import io.muster.provider.cloud.Cloud;
import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudRegion;
import io.muster.provider.cloud.Place;
import io.muster.spec.CloudSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Amazon EC2, or another cloud that speaks its query API at the endpoint of the settings. */
public final class Ec2Cloud implements Cloud {
    /** It can tell all others. */
    private static final String FIRST_REGION = "us-east-1";

    private final AwsSettings settings;

    /**
     * Does not read the settings yet.
     *
     * @param environment variables that may hold them
     * @param home folder of the user, where {@code .aws} may be
     */
    public Ec2Cloud(Map<String, String> environment, Path home) {
        this.settings = new AwsSettings(environment, home);
    }

    @Override
    public String name() {
        return "aws-ec2";
    }

    @Override
    public boolean isSetUp() {
        return settings.hasCredentials();
    }

    @Override
    public Place place(CloudSpec where) throws CloudFailure {
        Optional<String> region =
                where.region().or(settings::region).or(() -> where.zone().map(zone -> zone.replaceFirst("[a-z]$", "")));
        if (region.isEmpty()) {
            throw new CloudFailure(
                    CloudFailure.Kind.PERMANENT,
                    "no region: write region: in the sizing file, set AWS_REGION, or write region in "
                            + settings.configFile());
        }
        Optional<URI> endpoint = where.endpoint();
        return new Place(region.get(), endpoint.isPresent() ? endpoint : settings.endpoint());
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
        AwsCredentials credentials = settings.credentials();
        return new Ec2Region(
                place, new Ec2Client(Ec2Connection.open(endpoint(place), place.region(), credentials), place));
    }

    private static URI endpoint(Place place) {
        String domain = place.region().startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        return place.endpoint().orElse(URI.create("https://ec2." + place.region() + "." + domain));
    }
}
