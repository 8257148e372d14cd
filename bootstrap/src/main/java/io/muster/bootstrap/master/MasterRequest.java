package io.muster.bootstrap.master;

import io.muster.wire.RecordCodec;
import java.time.Duration;

/** What a command asks of the connection master; the first record on a line. */
sealed interface MasterRequest {
    RecordCodec<MasterRequest> CODEC = RecordCodec.of(MasterRequest.class);

    /**
     * From now on this line is one to the agent.
     *
     * @param lastPort where the agent listened when the node became a member
     * @param deadline for SSH to let us in, where there is no session yet
     */
    record Connect(AgentPlace place, int lastPort, Duration deadline) implements MasterRequest {}

    /**
     * Ends all sessions of a cluster, and the master when it has no others.
     *
     * @param identity folder with the certificate and key of the cluster
     */
    record Forget(String identity) implements MasterRequest {}
}
