package io.muster.spec;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where in a cloud the nodes are, and how they are reached. What is not given is the provider's default.
 *
 * @param region region by the provider's name
 * @param zone zone in the region, by the provider's name
 * @param endpoint address of the API, for a cloud that is compatible with the provider's own
 * @param subnet the provider's name or id of the subnet
 * @param address which address of a node the manager logs in to
 * @param jump host that the manager goes through to reach the nodes, {@code user@address:port}
 * @param placement whether the nodes are to stand close together
 */
public record CloudSpec(
        Optional<String> region,
        Optional<String> zone,
        Optional<URI> endpoint,
        Optional<String> subnet,
        AddressChoice address,
        Optional<String> jump,
        boolean placement) {
    /** Nothing said. */
    public static final CloudSpec NONE = new CloudSpec(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            AddressChoice.PUBLIC,
            Optional.empty(),
            false);

    static final String PLACE_REGEX = "^[A-Za-z0-9](?:[A-Za-z0-9._:/-]{0,198}[A-Za-z0-9])?$";
    static final String ENDPOINT_REGEX = "^https?://[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
            + "(?::[1-9][0-9]{0,4})?(?:/[A-Za-z0-9._~/-]{0,200})?$";

    private static final Pattern PLACE = Pattern.compile(PLACE_REGEX);
    private static final Pattern ENDPOINT = Pattern.compile(ENDPOINT_REGEX);

    public CloudSpec {
        region.ifPresent(name -> matching("region", PLACE, name));
        zone.ifPresent(name -> matching("zone", PLACE, name));
        endpoint.ifPresent(uri -> matching("endpoint", ENDPOINT, uri.toString()));
        subnet.ifPresent(name -> matching("subnet", NodeGroup.NAME_OF_PROVIDER, name));
        jump.ifPresent(HostSpec::parse);
    }

    public CloudSpec withRegion(String changed) {
        return new CloudSpec(Optional.of(changed), zone, endpoint, subnet, address, jump, placement);
    }

    public CloudSpec withZone(String changed) {
        return new CloudSpec(region, Optional.of(changed), endpoint, subnet, address, jump, placement);
    }

    public CloudSpec withEndpoint(URI changed) {
        return new CloudSpec(region, zone, Optional.of(changed), subnet, address, jump, placement);
    }

    public CloudSpec withSubnet(String changed) {
        return new CloudSpec(region, zone, endpoint, Optional.of(changed), address, jump, placement);
    }

    public CloudSpec withAddress(AddressChoice changed) {
        return new CloudSpec(region, zone, endpoint, subnet, changed, jump, placement);
    }

    private static void matching(String what, Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " \"" + Printable.of(text) + "\" cannot be used");
        }
    }
}
