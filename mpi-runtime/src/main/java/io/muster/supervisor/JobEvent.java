package io.muster.supervisor;

import io.muster.launch.OutputStreamName;
import java.util.List;

/** An entry of a job's journal. Times are milliseconds since 1970 on the head node's clock. */
@SuppressWarnings("ArrayRecordComponent") // output is bytes; whoever receives the event owns them
public sealed interface JobEvent {
    /** When the supervisor wrote it. */
    long atMillis();

    /** The supervisor accepted the job. First event of every journal. */
    record Started(long atMillis, int ranks, List<String> nodes) implements JobEvent {}

    /** A rank's process runs. */
    record RankStarted(long atMillis, int rank, long pid, String node) implements JobEvent {}

    /**
     * Output of a rank, in the order in which it wrote to this stream.
     *
     * @param bytes one or more lines with their line ends
     * @param partial the last line has no line end: it was longer than 64 KiB, or the stream ended
     */
    record Output(long atMillis, int rank, OutputStreamName stream, byte[] bytes, boolean partial)
            implements JobEvent {}

    /**
     * A rank's process is gone, and all it wrote stands before this.
     *
     * @param exitCode 128 + n when signal n ended it
     */
    record RankExited(long atMillis, int rank, int exitCode) implements JobEvent {}

    /** The agent of a node does not answer any more. */
    record NodeLost(long atMillis, String node, String reason) implements JobEvent {}

    /** The job has ended and nothing of it is left. Last event of every journal. */
    record Ended(long atMillis, JobOutcome outcome) implements JobEvent {}
}
