package io.muster.spec;

import java.net.URI;
import java.util.Optional;

/** Where in a cloud. */
public record CloudSpec(
        Optional<String> region,
        Optional<String> zone,
        Optional<URI> endpoint,
        Optional<String> subnet,
        AddressChoice address,
        Optional<String> jump,
        boolean placement) {
    public static final CloudSpec NONE = new CloudSpec(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            AddressChoice.PUBLIC,
            Optional.empty(),
            false);
}
