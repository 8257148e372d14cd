package io.muster.supervisor;

import io.muster.host.HostCommand;
import io.muster.host.HostReport;
import io.muster.wire.ClusterIdentity;
import io.muster.wire.Line;
import io.muster.wire.SecureLines;
import java.io.IOException;
import java.time.Duration;

/** Loads what a job needs before there is one. */
final class WarmUp {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private WarmUp() {}

    /** Blocks until done. What fails here fails again for the job, which then says so. */
    static void run(String address, int agentPort, ClusterIdentity identity) {
        try (Line _ = SecureLines.connect(address, agentPort, identity, HostCommand.SERVICE, DEADLINE)) {
            byte[] alive = HostCommand.CODEC.encode(new HostCommand.Alive());
            HostCommand.CODEC.decode(alive);
            HostReport.CODEC.decode(HostReport.CODEC.encode(new HostReport.Breathing()));
        } catch (IOException e) {
            // The agent has ended, or is about to.
        }
    }
}
