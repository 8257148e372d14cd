package io.muster.provider.cloud;

import io.muster.spec.CloudSpec;
import java.util.List;
import java.util.Map;

/**
 * What a cluster needs in a region before its nodes start.
 *
 * @param name name of the pieces, unique for this cluster of this user: the same wish finds them again
 * @param where what the sizing file says about the place
 * @param authorizedKey public key that may log in
 * @param sshFrom ranges of addresses that SSH may come from; empty when it comes from inside the network
 * @param tags of everything that is made
 */
public record ClusterWish(
        String name, CloudSpec where, String authorizedKey, List<String> sshFrom, Map<String, String> tags) {
    public ClusterWish {
        sshFrom = List.copyOf(sshFrom);
        tags = Map.copyOf(tags);
    }
}
