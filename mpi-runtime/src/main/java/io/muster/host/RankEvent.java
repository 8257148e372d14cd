package io.muster.host;

import io.muster.launch.OutputStreamName;
import io.muster.wireup.LauncherRequest;
import io.muster.wireup.RankAddress;

/** What a rank host tells. Times are milliseconds since 1970 on its node's clock. */
@SuppressWarnings("ArrayRecordComponent") // output is bytes; whoever receives the event owns them
public sealed interface RankEvent {
    /** Stands for a rank in output that no rank wrote: that of the library's launcher and its daemons. */
    int LAUNCHER = -1;

    /** The rank's process runs. */
    record RankStarted(int rank, long pid) implements RankEvent {}

    /** The rank's process could not be started. */
    record StartFailed(int rank, String reason) implements RankEvent {}

    /**
     * The rank wrote.
     *
     * @param bytes one or more lines with their line ends
     * @param partial the last line has no line end: it was longer than 64 KiB, or the stream ended
     */
    record RankOutput(int rank, OutputStreamName stream, byte[] bytes, boolean partial) implements RankEvent {}

    /**
     * The rank's process is gone, and all it wrote was told before.
     *
     * @param exitCode 128 + n when signal n ended it
     * @param atMillis when it went, which may be before others of which was told earlier
     */
    record RankExited(int rank, int exitCode, long atMillis) implements RankEvent {}

    /** The rank published its address. */
    record Published(RankAddress address) implements RankEvent {}

    /** The rank's line broke before it said goodbye. When its process is gone too, the reason says how. */
    record LineBroken(int rank, String reason) implements RankEvent {}

    /** The rank asked for the end of the job. */
    record AbortAsked(int rank, int exitCode, String reason, long atMillis) implements RankEvent {}

    /**
     * The rank wants ranks to be spawned.
     *
     * @param id names the request in the answer, among those of this node
     */
    record WorldAsked(int rank, long id, LauncherRequest.Spawn request) implements RankEvent {}

    /**
     * The library's launcher is gone, and all it wrote was told before.
     *
     * @param exitCode 128 + n when signal n ended it
     */
    record LauncherExited(int exitCode, long atMillis) implements RankEvent {}

    /**
     * The launcher wants a command run on a node, as it would with {@code ssh}.
     *
     * @param id names the request in the answer
     * @param node name of the node, as in the host file
     * @param command for a shell
     */
    record SpawnAsked(long id, String node, String command) implements RankEvent {}

    /** A command that was run for a launcher on another node is gone. */
    record SpawnEnded(long id, int exitCode) implements RankEvent {}
}
