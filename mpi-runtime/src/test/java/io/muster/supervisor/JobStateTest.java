package io.muster.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import io.muster.launch.StandardInput;
import io.muster.wireup.RankAddress;
import io.muster.wireup.RankLost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JobStateTest {
    private static final JobOrder ORDER = new JobOrder(
            "job",
            new Program.Command("true", List.of()),
            List.of(new JobNode("a", "127.0.0.1", 1), new JobNode("b", "127.0.0.1", 2)),
            List.of(new RankPlacement(0, 0), new RankPlacement(1, 1)),
            Map.of(),
            List.of(),
            MpiLibrary.MUSTER,
            new StandardInput.Empty(),
            Optional.empty());

    private JobState state = JobState.initial(ORDER);

    private List<JobAction> hear(JobInput... inputs) {
        List<JobAction> actions = new ArrayList<>();
        for (JobInput input : inputs) {
            JobState.Step step = state.after(input, 1000);
            state = step.state();
            actions.addAll(step.actions());
        }
        return actions;
    }

    private static JobInput gone(int rank, int exitCode, long atMillis) {
        return new JobInput.RankGone(rank, exitCode, atMillis, "");
    }

    private static JobInput published(int rank) {
        return new JobInput.RankPublished(new RankAddress(rank, rank, "127.0.0.1", 1, 1));
    }

    private static final JobOutcome FAILED_FIRST = JobOutcome.failed(0, 3, "rank 0 on a: exit code 3");
    private static final JobInput CLEAN_A = new JobInput.NodeClean(0);
    private static final JobInput CLEAN_B = new JobInput.NodeClean(1);

    @Test
    void a_job_is_done_when_all_ranks_are_and_the_nodes_are_clean() {
        assertThat(hear(gone(0, 0, 1), gone(1, 0, 2))).contains(new JobAction.EndRanks());
        assertThat(hear(CLEAN_A)).isEmpty();
        assertThat(hear(CLEAN_B)).containsExactly(new JobAction.Finish(JobOutcome.done()));
        assertThat(hear(gone(0, 9, 3))).isEmpty();
    }

    @Test
    void the_rank_that_failed_first_by_the_clock_counts_also_when_its_news_come_later() {
        hear(published(0), published(1), gone(0, 1, 500), gone(1, 137, 400));
        assertThat(hear(CLEAN_A, CLEAN_B))
                .containsExactly(new JobAction.Finish(JobOutcome.failed(1, 137, "rank 1 on b: signal 9 (KILL)")));
    }

    @Test
    void an_end_that_may_be_our_doing_never_counts_once_ranks_are_ended() {
        hear(gone(0, 3, 500), gone(1, 137, 400));
        assertThat(state.phase()).isEqualTo(JobState.Phase.ENDING);
        assertThat(hear(CLEAN_A, CLEAN_B)).containsExactly(new JobAction.Finish(FAILED_FIRST));
    }

    @Test
    void a_rank_that_was_silent_before_ranks_were_ended_counts_however_late_its_end_is_told() {
        hear(published(0), published(1), new JobInput.RankSilent(1, "signal 9 (KILL)"));
        hear(gone(0, 1, 500), new JobInput.GracePassed(), gone(1, 137, 400));
        assertThat(hear(CLEAN_A, CLEAN_B))
                .containsExactly(new JobAction.Finish(JobOutcome.failed(1, 137, "rank 1 on b: signal 9 (KILL)")));
    }

    @Test
    void survivors_hear_who_is_lost_and_have_a_moment() {
        hear(published(0), published(1));
        assertThat(hear(gone(0, 3, 500)))
                .endsWith(new JobAction.TellLost(new RankLost(0, "exit code 3")), new JobAction.AwaitSurvivors());
        assertThat(hear(new JobInput.GracePassed())).containsExactly(new JobAction.EndRanks());
        assertThat(hear(new JobInput.GracePassed(), gone(1, 143, 900), CLEAN_A, CLEAN_B))
                .endsWith(new JobAction.Finish(FAILED_FIRST))
                .doesNotContain(new JobAction.EndRanks());
    }

    @Test
    void survivors_that_fail_by_themselves_are_not_waited_for_and_not_blamed() {
        hear(published(0), published(1), gone(0, 3, 500));
        assertThat(hear(new JobInput.AbortAsked(1, 9, "lost", 600))).isEmpty();
        assertThat(hear(gone(1, 1, 700))).endsWith(new JobAction.EndRanks());
        assertThat(hear(CLEAN_A, CLEAN_B)).containsExactly(new JobAction.Finish(FAILED_FIRST));
    }

    @Test
    void survivors_hear_of_another_world_that_failed_which_is_to_blame_when_it_was_first() {
        hear(published(0), published(1));
        JobOutcome other = JobOutcome.failed(5, 7, "spawned Worker: rank 3 on b: exit code 7");
        assertThat(hear(new JobInput.OtherWorldFailed(other, 400)))
                .containsExactly(
                        new JobAction.TellLost(new RankLost(RankLost.OF_ANOTHER_WORLD, other.cause())),
                        new JobAction.AwaitSurvivors());
        assertThat(hear(gone(0, 1, 500), gone(1, 1, 500))).endsWith(new JobAction.EndRanks());
        assertThat(hear(CLEAN_A, CLEAN_B)).containsExactly(new JobAction.Finish(other));
    }

    @Test
    void a_rank_that_failed_before_another_world_did_is_to_blame_also_when_its_news_come_later() {
        hear(published(0), published(1));
        hear(new JobInput.OtherWorldFailed(JobOutcome.failed(5, 7, "spawned"), 600));
        hear(gone(0, 3, 500), gone(1, 143, 900));
        assertThat(hear(CLEAN_A, CLEAN_B)).containsExactly(new JobAction.Finish(FAILED_FIRST));
    }

    @Test
    void survivors_have_no_moment_when_the_job_is_cancelled() {
        hear(published(0), published(1), gone(0, 3, 500));
        assertThat(hear(new JobInput.CancelAsked("enough"))).containsExactly(new JobAction.EndRanks());
        assertThat(hear(CLEAN_A, CLEAN_B)).containsExactly(new JobAction.Finish(FAILED_FIRST));
    }

    @Test
    void survivors_hear_of_a_lost_node_as_its_ranks() {
        hear(published(0), published(1));
        assertThat(hear(new JobInput.NodeGone(1, "silence")))
                .endsWith(
                        new JobAction.TellLost(new RankLost(1, "its node b is lost: silence")),
                        new JobAction.AwaitSurvivors());
        assertThat(hear(gone(0, 1, 2000))).endsWith(new JobAction.EndRanks());
        assertThat(hear(CLEAN_A))
                .containsExactly(new JobAction.Finish(JobOutcome.infrastructure("node b is lost: silence")));
    }

    @Test
    void ranks_that_are_ended_do_not_change_why() {
        hear(new JobInput.CancelAsked("enough"), gone(0, 143, 1001), gone(1, 143, 1002));
        assertThat(hear(CLEAN_A, CLEAN_B)).containsExactly(new JobAction.Finish(JobOutcome.cancelled("enough")));
    }

    @Test
    void a_lost_node_fails_the_job_and_is_not_waited_for() {
        assertThat(hear(new JobInput.NodeGone(1, "silence"))).contains(new JobAction.EndRanks());
        assertThat(hear(CLEAN_A))
                .containsExactly(new JobAction.Finish(JobOutcome.infrastructure("node b is lost: silence")));
    }

    @Test
    void a_rank_that_leaves_before_init_is_not_waited_for_by_those_who_called_it() {
        assertThat(hear(gone(1, 0, 1))).noneMatch(JobAction.TellLost.class::isInstance);
        assertThat(hear(published(0))).anyMatch(JobAction.TellLost.class::isInstance);
    }

    private static final JobOrder ON_OPEN_MPI = new JobOrder(
            ORDER.jobId(),
            ORDER.program(),
            ORDER.nodes(),
            ORDER.placements(),
            ORDER.environment(),
            ORDER.jvmOptions(),
            MpiLibrary.of(MpiLibrary.Kind.OPEN_MPI),
            ORDER.stdin(),
            Optional.empty());

    @Test
    void a_launcher_that_has_to_clean_up_is_waited_for() {
        state = JobState.initial(ON_OPEN_MPI);
        assertThat(hear(gone(0, 0, 1), gone(1, 0, 2))).doesNotContain(new JobAction.EndRanks());
        assertThat(hear(new JobInput.LauncherGone(0, 3))).containsExactly(new JobAction.EndRanks());
        assertThat(hear(CLEAN_A, CLEAN_B)).containsExactly(new JobAction.Finish(JobOutcome.done()));
    }

    @Test
    void news_of_ranks_may_come_after_those_of_their_launcher() {
        state = JobState.initial(ON_OPEN_MPI);
        assertThat(hear(gone(0, 0, 1), new JobInput.LauncherGone(0, 3))).endsWith(new JobAction.AwaitReports());
        assertThat(hear(gone(1, 0, 2))).endsWith(new JobAction.EndRanks());
        assertThat(hear(CLEAN_A, CLEAN_B)).containsExactly(new JobAction.Finish(JobOutcome.done()));
    }

    @Test
    void a_rank_of_which_no_news_come_fails_the_job() {
        state = JobState.initial(ON_OPEN_MPI);
        hear(gone(0, 0, 1), new JobInput.LauncherGone(0, 3));
        assertThat(hear(new JobInput.GracePassed())).containsExactly(new JobAction.EndRanks());
        assertThat(hear(CLEAN_A, CLEAN_B))
                .singleElement()
                .satisfies(action -> assertThat(
                                ((JobAction.Finish) action).outcome().exitCode())
                        .isEqualTo(JobOutcome.INFRASTRUCTURE_FAILED));
    }

    @Test
    void a_rank_that_failed_before_its_launcher_is_to_blame_also_when_its_news_come_later() {
        state = JobState.initial(ON_OPEN_MPI);
        assertThat(hear(new JobInput.LauncherGone(1, 600))).containsExactly(new JobAction.AwaitSurvivors());
        assertThat(hear(gone(0, 3, 500), gone(1, 143, 550))).contains(new JobAction.EndRanks());
        assertThat(hear(CLEAN_A, CLEAN_B)).containsExactly(new JobAction.Finish(FAILED_FIRST));
    }

    @Test
    void a_launcher_that_starts_nothing_is_to_blame() {
        state = JobState.initial(ON_OPEN_MPI);
        hear(new JobInput.LauncherGone(127, 600), new JobInput.GracePassed());
        assertThat(hear(CLEAN_A, CLEAN_B))
                .containsExactly(new JobAction.Finish(new JobOutcome(
                        JobOutcome.Kind.FAILED,
                        127,
                        "the launcher of Open MPI on a: exit code 127",
                        Optional.empty())));
    }

    @Test
    void a_launcher_that_fails_as_a_node_is_lost_is_not_to_blame() {
        state = JobState.initial(ON_OPEN_MPI);
        hear(new JobInput.LauncherGone(255, 600), new JobInput.GracePassed(), new JobInput.NodeGone(1, "silence"));
        assertThat(hear(CLEAN_A))
                .containsExactly(new JobAction.Finish(JobOutcome.infrastructure("node b is lost: silence")));
    }

    @Test
    void a_launcher_that_failed_before_the_loss_of_a_node_was_noticed_is_not_to_blame_when_its_news_come_later() {
        state = JobState.initial(ON_OPEN_MPI);
        hear(new JobInput.NodeGone(1, "silence"), gone(0, 143, 610), new JobInput.LauncherGone(255, 600));
        assertThat(hear(new JobInput.GracePassed(), CLEAN_A))
                .containsOnlyOnce(new JobAction.Finish(JobOutcome.infrastructure("node b is lost: silence")));
    }

    @Test
    void a_rank_that_failed_by_itself_before_a_node_was_lost_is_to_blame_also_when_its_news_come_later() {
        state = JobState.initial(ON_OPEN_MPI);
        hear(new JobInput.NodeGone(1, "silence"), gone(0, 3, 610), new JobInput.LauncherGone(255, 620));
        assertThat(hear(new JobInput.GracePassed(), CLEAN_A)).containsOnlyOnce(new JobAction.Finish(FAILED_FIRST));
    }

    @Test
    void a_rank_that_is_killed_as_its_node_dies_is_not_to_blame_and_another_one_is() {
        hear(published(0), published(1), gone(1, 137, 500), new JobInput.NodeGone(1, "silence"));
        hear(new JobInput.GracePassed());
        assertThat(hear(CLEAN_A))
                .containsExactly(new JobAction.Finish(JobOutcome.infrastructure("node b is lost: silence")));
        state = JobState.initial(ORDER);
        hear(published(0), published(1), gone(0, 137, 500), new JobInput.NodeGone(1, "silence"));
        hear(new JobInput.GracePassed());
        assertThat(hear(CLEAN_A))
                .containsExactly(new JobAction.Finish(JobOutcome.failed(0, 137, "rank 0 on a: signal 9 (KILL)")));
    }

    @Test
    void a_daemon_that_is_not_there_fails_the_job() {
        state = JobState.initial(ON_OPEN_MPI);
        hear(new JobInput.SpawnFailed(1, 127), new JobInput.GracePassed());
        assertThat(hear(CLEAN_A, CLEAN_B))
                .containsExactly(new JobAction.Finish(JobOutcome.infrastructure(
                        "the launcher of Open MPI cannot start its daemon on b: exit code 127")));
    }

    @Test
    void the_end_of_a_launcher_that_is_ended_says_nothing() {
        state = JobState.initial(ON_OPEN_MPI);
        hear(new JobInput.CancelAsked("enough"), gone(0, 143, 1001), gone(1, 143, 1002));
        hear(new JobInput.LauncherGone(137, 1003));
        assertThat(hear(CLEAN_A, CLEAN_B)).containsExactly(new JobAction.Finish(JobOutcome.cancelled("enough")));
    }
}
