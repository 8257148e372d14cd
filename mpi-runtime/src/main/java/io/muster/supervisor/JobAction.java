package io.muster.supervisor;

import io.muster.wireup.RankAddress;
import io.muster.wireup.RankLost;
import java.util.List;

/** What a job's state machine wants done. Doing it twice does no harm. */
sealed interface JobAction {
    /** Write to the journal. */
    record Write(JobEvent event) implements JobAction {}

    /** Give all ranks the addresses of all. */
    record SendTable(List<RankAddress> addresses) implements JobAction {}

    /** Tell all ranks that one is gone. */
    record TellLost(RankLost lost) implements JobAction {}

    /** Give the ranks that still run a moment to say why they fail, then report {@link JobInput.GracePassed}. */
    record AwaitSurvivors() implements JobAction {}

    /** Give the ends of ranks a moment to be heard of, as the launcher is gone, then report the same. */
    record AwaitReports() implements JobAction {}

    /** End the ranks of every node, those that still run and what the others left behind. */
    record EndRanks() implements JobAction {}

    /** The job is over and nothing of it is left. */
    record Finish(JobOutcome outcome) implements JobAction {}
}
