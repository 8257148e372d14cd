package io.muster.provider.hosts;

import io.muster.bootstrap.ssh.SshTarget;
import io.muster.provider.JumpHost;
import io.muster.provider.SshAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the first login to a machine has shown: from then on its host key and those of its jump hosts are pinned.
 *
 * @param target the way in, with the user's key that was taken
 * @param address IP address under which the other nodes reach it
 */
record HostAccess(SshTarget target, String address) {
    /** The way in for everybody who has the cluster's key. */
    SshAddress ssh() {
        List<JumpHost> jumps = new ArrayList<>();
        for (Optional<SshTarget> jump = target.jump();
                jump.isPresent();
                jump = jump.get().jump()) {
            SshTarget one = jump.get();
            jumps.addFirst(new JumpHost(one.host(), one.port(), one.user(), one.hostKey(), one.identity()));
        }
        return new SshAddress(target.host(), target.port(), target.user(), jumps);
    }
}
