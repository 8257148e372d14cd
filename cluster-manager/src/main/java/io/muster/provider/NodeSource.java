package io.muster.provider;

import io.muster.spec.CloudSpec;
import io.muster.spec.HostSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a node comes from. */
public sealed interface NodeSource {
    /** Wherever the provider makes its nodes. */
    record Anywhere() implements NodeSource {}

    /** A machine that exists. */
    record OnHost(HostSpec host) implements NodeSource {}

    /**
     * A machine that a cloud makes.
     *
     * @param types names of sizes in the order to try, chosen already: the next one when there is no room for one
     * @param spot whether it may be one that the cloud takes back when it wants
     * @param diskBytes size of its root disk; empty for that of the image
     * @param endsAt when it is to end itself, whatever became of the manager; empty when only the user ends it
     */
    record InCloud(CloudSpec cloud, List<String> types, boolean spot, OptionalLong diskBytes, Optional<Instant> endsAt)
            implements NodeSource {
        public InCloud {
            types = List.copyOf(types);
        }
    }
}
