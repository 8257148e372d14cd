package io.muster.host;

import io.muster.wire.RecordCodec;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.RankAddress;
import io.muster.wireup.RankLost;
import java.time.Duration;
import java.util.List;

/**
 * What a supervisor says to the agent of a node that holds ranks of its job.
 *
 * <pre>
 * supervisor                     agent
 *  | --- Host(order) ------------> |  prepares the node
 *  | <-- Ready(clock) ------------ |
 *  | --- Start ------------------> |
 *  | <-- Happened(event) ... ----- |
 *  | --- Table, Lost ... --------> |
 *  | --- End(grace) -------------> |
 *  | <-- Clean ------------------- |  nothing of the job is left on the node
 * </pre>
 *
 * Both send heartbeats. When the conversation ends before Clean, the agent kills the ranks.
 */
public sealed interface HostCommand {
    /** Name of the service. */
    String SERVICE = "ranks";

    /** How often each side sends a heartbeat. */
    Duration HEARTBEAT = Duration.ofSeconds(2);

    /** The other side is lost when nothing came for so long. */
    Duration SILENCE = Duration.ofSeconds(15);

    /** How commands travel. */
    RecordCodec<HostCommand> CODEC = RecordCodec.of(HostCommand.class);

    /** Prepare for these ranks. First command. */
    record Host(RankHostOrder order) implements HostCommand {}

    /** Start them. */
    record Start() implements HostCommand {}

    /** Give them the addresses of all. */
    record Table(List<RankAddress> addresses) implements HostCommand {}

    /** Tell them that one is gone. */
    record Lost(RankLost rank) implements HostCommand {}

    /** Run a command that the launcher on another node asked for. */
    record Spawn(long id, String command) implements HostCommand {}

    /** A command that the launcher on this node asked for has ended. */
    record SpawnEnded(long id, int exitCode) implements HostCommand {}

    /** How a request of a rank here to spawn others went. */
    record WorldAnswered(long id, LauncherAnswer answer) implements HostCommand {}

    /** End them. */
    record End(Duration grace) implements HostCommand {}

    /** The supervisor lives. */
    record Alive() implements HostCommand {}
}
