package io.muster.provider;

import io.muster.spec.CloudSpec;
import io.muster.spec.HostSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a node comes from. */
public sealed interface NodeSource {
    record Anywhere() implements NodeSource {}

    record OnHost(HostSpec host) implements NodeSource {}

    record InCloud(CloudSpec cloud, List<String> types, boolean spot, OptionalLong diskBytes, Optional<Instant> endsAt)
            implements NodeSource {}
}
