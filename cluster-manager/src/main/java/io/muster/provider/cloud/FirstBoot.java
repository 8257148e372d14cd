package io.muster.provider.cloud;

import io.muster.provider.NodeRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * What makes a node of a machine that boots for the first time: the host key that the manager made, a user that may
 * log in, and the end of the node's life, which comes also when the manager is gone. A cloud gives its machines one
 * of the two texts. Both are secrets, for they hold the private host key; the text of this record shows neither.
 *
 * @param cloudConfig for cloud-init
 * @param script a shell script for root, made to run at every boot, on images that need not have cloud-init
 * @param endsAt when the node shuts itself down
 */
public record FirstBoot(String cloudConfig, String script, Optional<Instant> endsAt) {

    static FirstBoot of(NodeRequest request, Optional<Instant> endsAt) {
        return new FirstBoot(UserData.of(request, endsAt), BootScript.of(request, endsAt), endsAt);
    }

    @Override
    public String toString() {
        return "FirstBoot[" + endsAt + "]";
    }
}
