package io.muster.provider.cloud.openstack;

import io.muster.provider.cloud.Cloud;
import io.muster.provider.cloud.CloudFailure;
import io.muster.provider.cloud.CloudRegion;
import io.muster.provider.cloud.Place;
import io.muster.spec.CloudSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An OpenStack cloud: the one of the user's settings, or another Keystone by the endpoint of a sizing file. */
public final class OpenStackCloud implements Cloud {
    /** What installers call the only region. */
    private static final String USUAL_REGION = "RegionOne";

    private final OpenStackSettings settings;

    /**
     * Does not read the settings yet.
     *
     * @param environment variables that may hold them
     * @param home folder of the user, where {@code .config/openstack} may be
     */
    public OpenStackCloud(Map<String, String> environment, Path home) {
        List<Path> files = List.of(
                Path.of("clouds.yaml").toAbsolutePath(),
                home.resolve(".config/openstack/clouds.yaml"),
                Path.of("/etc/openstack/clouds.yaml"));
        String named = environment.getOrDefault("OS_CLIENT_CONFIG_FILE", "");
        this.settings = new OpenStackSettings(environment, named.isEmpty() ? files : List.of(Path.of(named)));
    }

    @Override
    public String name() {
        return "openstack-nova";
    }

    @Override
    public boolean isSetUp() {
        return settings.hasLogin();
    }

    @Override
    public Place place(CloudSpec where) throws CloudFailure {
        OpenStackLogin login = settings.login();
        return place(login, where.region(), where.endpoint());
    }

    private static Place place(OpenStackLogin login, Optional<String> region, Optional<URI> endpoint) {
        // Always with its address: there is no OpenStack without one.
        return new Place(region.or(login::region).orElse(USUAL_REGION), Optional.of(endpoint.orElse(login.authUrl())));
    }

    @Override
    public Optional<Place> usualPlace() {
        try {
            return Optional.of(place(settings.login(), Optional.empty(), Optional.empty()));
        } catch (CloudFailure e) {
            return Optional.empty();
        }
    }

    @Override
    public CloudRegion connect(Place place) throws CloudFailure {
        OpenStackLogin login = settings.login();
        return OpenStackConnection.open(place, login);
    }
}
