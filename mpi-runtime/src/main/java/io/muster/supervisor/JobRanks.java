package io.muster.supervisor;

import java.util.Optional;

/** The ranks of a spawned world as the job counts them: on from those that it had before. Pure. */
final class JobRanks {
    private JobRanks() {}

    /** An event of a world whose first rank is {@code first} in the job; empty for its end, which is not the job's. */
    static Optional<JobEvent> from(int first, JobEvent event) {
        return switch (event) {
            case JobEvent.Started started -> Optional.of(started);
            case JobEvent.RankStarted started ->
                Optional.of(new JobEvent.RankStarted(
                        started.atMillis(), inJob(first, started.rank()), started.pid(), started.node()));
            case JobEvent.Output output ->
                Optional.of(new JobEvent.Output(
                        output.atMillis(),
                        inJob(first, output.rank()),
                        output.stream(),
                        output.bytes(),
                        output.partial()));
            case JobEvent.RankExited exited ->
                Optional.of(new JobEvent.RankExited(exited.atMillis(), inJob(first, exited.rank()), exited.exitCode()));
            case JobEvent.NodeLost lost -> Optional.of(lost);
            case JobEvent.Ended ended -> Optional.empty();
        };
    }

    /** The outcome of a world for one of its ranks; the sentence keeps the rank's number in its world. */
    static JobOutcome from(int first, String world, JobOutcome outcome) {
        return new JobOutcome(
                outcome.kind(),
                outcome.exitCode(),
                world + ": " + outcome.cause(),
                outcome.rank().map(rank -> inJob(first, rank)));
    }

    /** Output of a launcher belongs to no rank. */
    private static int inJob(int first, int rank) {
        return rank < 0 ? rank : first + rank;
    }
}
