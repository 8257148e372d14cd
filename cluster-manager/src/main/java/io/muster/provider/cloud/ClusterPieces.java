package io.muster.provider.cloud;

import java.util.Optional;

/**
 * What a cluster has in a region, by the cloud's names.
 *
 * @param securityGroup the rules of its network
 * @param keyPair the key that may log in
 * @param subnet the network that its nodes join; empty for the cloud's choice
 * @param placementGroup what keeps its nodes close together, when that was wished
 */
public record ClusterPieces(
        String securityGroup, String keyPair, Optional<String> subnet, Optional<String> placementGroup) {}
