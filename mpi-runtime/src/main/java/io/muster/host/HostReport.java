package io.muster.host;

import io.muster.wire.RecordCodec;

/** What an agent says to the supervisor of a job that has ranks on its node. */
public sealed interface HostReport {
    /** How reports travel. */
    RecordCodec<HostReport> CODEC = RecordCodec.of(HostReport.class);

    /** The node is prepared; its clock shows this. */
    record Ready(long nowMillis) implements HostReport {}

    /** The node cannot be prepared. */
    record Refused(String reason) implements HostReport {}

    /** Something happened to a rank. */
    record Happened(RankEvent event) implements HostReport {}

    /** Nothing of the job is left on the node. */
    record Clean() implements HostReport {}

    /** The agent lives. */
    record Breathing() implements HostReport {}
}
