package io.muster.bootstrap.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bootstrap.bundle.SourceChoice.Answer;
import io.muster.bootstrap.bundle.SourceChoice.Candidate;
import io.muster.bootstrap.bundle.SourceChoice.Situation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SourceChoiceTest {
    private static final Duration MOST = Duration.ofMinutes(10);

    @Test
    void the_first_get_it_from_the_manager_and_the_next_wait() {
        assertThat(choose(nobody(0, 0))).isEqualTo(new Answer.Seed());
        assertThat(choose(nobody(1, 1))).isEqualTo(new Answer.Seed());
        assertThat(choose(nobody(2, 2))).isEqualTo(new Answer.Wait());
    }

    @Test
    void seeds_that_are_stuck_do_not_count() {
        assertThat(choose(nobody(0, 0))).isEqualTo(new Answer.Seed());
    }

    @Test
    void whoever_has_it_gives_and_the_least_busy_first() {
        assertThat(choose(with(candidate("a", 1, 0), candidate("b", 0, 0)))).isEqualTo(new Answer.FromNode("b"));
        assertThat(choose(with(candidate("a", 1, 0), candidate("b", 2, 0)))).isEqualTo(new Answer.FromNode("a"));
        assertThat(choose(with(candidate("a", 2, 0), candidate("b", 2, 0)))).isEqualTo(new Answer.Wait());
    }

    @Test
    void a_node_that_failed_is_taken_last_and_then_not_at_all() {
        assertThat(choose(with(candidate("a", 0, 1), candidate("b", 0, 0)))).isEqualTo(new Answer.FromNode("b"));
        assertThat(choose(with(candidate("a", 0, 2), candidate("b", 2, 0)))).isEqualTo(new Answer.Wait());
        assertThat(choose(with(candidate("a", 0, 2), candidate("b", 0, 2)))).isEqualTo(new Answer.Seed());
    }

    @Test
    void who_was_failed_by_one_node_takes_another_and_then_the_manager() {
        Situation two = with(candidate("a", 0, 1), candidate("b", 1, 0));
        assertThat(SourceChoice.choose(two, Set.of("a"))).isEqualTo(new Answer.FromNode("b"));
        assertThat(SourceChoice.choose(two, Set.of("a", "b"))).isEqualTo(new Answer.Push());
        assertThat(SourceChoice.choose(with(candidate("a", 0, 1)), Set.of("a"))).isEqualTo(new Answer.Seed());
    }

    @Test
    void nodes_that_do_not_reach_each_other_get_it_from_the_manager() {
        Situation apart = new Situation(List.of(candidate("a", 0, 1), candidate("b", 0, 1)), 2, 0, 5, 0, 4);
        assertThat(choose(apart)).isEqualTo(new Answer.Push());
        Situation busy = new Situation(apart.candidates(), 2, 0, 0, 0, 4);
        assertThat(choose(busy)).isEqualTo(new Answer.Wait());
        Situation otherwise = new Situation(apart.candidates(), 2, 0, 5, 1, 4);
        assertThat(choose(otherwise)).isEqualTo(new Answer.FromNode("a"));
    }

    @Test
    void a_thousand_nodes_have_it_in_few_rounds_and_the_manager_sends_it_twice() {
        List<String> have = new ArrayList<>();
        int missing = 1000;
        int fromManager = 0;
        int rounds = 0;
        while (missing > 0) {
            Map<String, Integer> busy = new HashMap<>();
            List<String> fresh = new ArrayList<>();
            int seeds = Math.min(have.size(), SourceChoice.SEEDS);
            for (boolean more = true; more && missing > 0; ) {
                List<Candidate> candidates = have.stream()
                        .limit(SourceChoice.MAX_HOLDERS)
                        .map(name -> candidate(name, busy.getOrDefault(name, 0), 0))
                        .toList();
                switch (choose(new Situation(candidates, seeds, fresh.size(), 32, have.size(), 0))) {
                    case Answer.FromNode node -> busy.merge(node.name(), 1, Integer::sum);
                    case Answer.Seed seed -> {
                        seeds++;
                        fromManager++;
                    }
                    case Answer.Push push -> fromManager++;
                    case Answer.Wait wait -> more = false;
                }
                if (more) {
                    fresh.add("n" + missing--);
                }
            }
            have.addAll(fresh);
            rounds++;
        }
        assertThat(fromManager).isEqualTo(SourceChoice.SEEDS);
        assertThat(rounds).isBetween(8, 14);
    }

    @Test
    void a_transfer_is_slow_when_it_takes_much_longer_than_those_before() {
        assertThat(SourceChoice.limit(List.of(), MOST)).isEqualTo(MOST);
        List<Duration> quick = List.of(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofMinutes(5));
        assertThat(SourceChoice.limit(quick, MOST)).isEqualTo(Duration.ofSeconds(22));
        assertThat(SourceChoice.limit(List.of(Duration.ofMinutes(9)), MOST)).isEqualTo(MOST);
    }

    private static Answer choose(Situation situation) {
        return SourceChoice.choose(situation, Set.of());
    }

    private static Situation nobody(int seeds, int underway) {
        return new Situation(List.of(), seeds, underway, 32, 0, 0);
    }

    private static Situation with(Candidate... candidates) {
        return new Situation(List.of(candidates), SourceChoice.SEEDS, 0, 32, 1, 0);
    }

    private static Candidate candidate(String name, int busy, int failures) {
        return new Candidate(name, busy, 0, failures);
    }
}
