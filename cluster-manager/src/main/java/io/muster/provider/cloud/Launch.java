package io.muster.provider.cloud;

import io.muster.spec.CloudSpec;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One instance to be started. Its text leaves out what it does at its first boot, which holds the private host key.
 *
 * @param name name of the instance, for people
 * @param token makes the launch repeatable: one token gives one instance
 * @param type name of its size
 * @param image the cloud's name of its image
 * @param firstBoot what makes a node of it
 * @param tags of the instance and its disks
 * @param pieces what its cluster has
 * @param where what the sizing file says about the place
 * @param diskBytes size of its root disk; empty for the image's own
 * @param billing whether it may be taken away
 */
public record Launch(
        String name,
        String token,
        String type,
        String image,
        FirstBoot firstBoot,
        Map<String, String> tags,
        ClusterPieces pieces,
        CloudSpec where,
        OptionalLong diskBytes,
        Billing billing) {

    /** How an instance is paid. */
    public enum Billing {
        ON_DEMAND,
        /** Cheaper, and the cloud may take it away at any time. */
        SPOT
    }

    public Launch {
        tags = Map.copyOf(tags);
    }

    @Override
    public String toString() {
        return "Launch[" + name + ", " + type + ", " + image + "]";
    }
}
