package io.muster.bootstrap.bundle;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who gives the bundle to a node that has none: a pure function of who has it, who is busy and what went wrong before.
 * The manager gives to a few; whoever has it gives to two at a time, so that those who have it triple again and again.
 */
final class SourceChoice {
    /** Nodes that the manager gives to, so that the others have a source. */
    static final int SEEDS = 2;
    /** Nodes that one node gives to at the same time. */
    static final int PLACES = 2;
    /** Nodes that give; each runs a small JVM so long. */
    static final int MAX_HOLDERS = 64;
    /** Nodes that one node tries before it asks the manager. */
    static final int TRIES = 2;
    /** Failures after which a node gives no more. */
    static final int FAILURES = 2;
    /** Failures without one success that say that these nodes do not reach each other. */
    static final int HOPELESS = 4;

    private static final Duration LEAST_LIMIT = Duration.ofSeconds(10);
    private static final int SLOW_FACTOR = 4;

    private SourceChoice() {}

    /**
     * A node that has the bundle.
     *
     * @param busy nodes that it gives to now
     * @param given nodes that it gave to
     * @param failures transfers from it that failed
     */
    record Candidate(String name, int busy, int given, int failures) {
        boolean free() {
            return busy < PLACES && failures < FAILURES;
        }
    }

    /**
     * How things stand.
     *
     * @param seeds nodes that got it from the manager and can give, or are getting it and move
     * @param underway transfers that will make one more candidate if they succeed
     * @param managerFree nodes that the manager could give to now
     * @param fetched transfers from node to node that succeeded
     * @param failed transfers from node to node that failed
     */
    record Situation(List<Candidate> candidates, int seeds, int underway, int managerFree, int fetched, int failed) {}

    /** What a node is told. */
    sealed interface Answer {
        /** The manager gives, and this node will give to others. */
        record Seed() implements Answer {}

        /** The manager gives, as a last resort. */
        record Push() implements Answer {}

        /** The named node gives. */
        record FromNode(String name) implements Answer {}

        /** Nobody can at the moment. */
        record Wait() implements Answer {}
    }

    /** Chooses for a node that tried some already, in vain. */
    static Answer choose(Situation now, Set<String> tried) {
        if (tried.size() >= TRIES || (now.fetched() == 0 && now.failed() >= HOPELESS)) {
            return now.managerFree() > 0 ? new Answer.Push() : new Answer.Wait();
        }
        Optional<Candidate> best = now.candidates().stream()
                .filter(candidate -> candidate.free() && !tried.contains(candidate.name()))
                .min(Comparator.comparingInt(Candidate::busy)
                        .thenComparingInt(Candidate::failures)
                        .thenComparingInt(Candidate::given));
        if (best.isPresent()) {
            return new Answer.FromNode(best.get().name());
        }
        boolean hope = now.underway() > 0
                || now.candidates().stream()
                        .anyMatch(busy -> busy.failures() < FAILURES && !tried.contains(busy.name()));
        boolean seed = (now.seeds() < SEEDS || !hope) && now.managerFree() > 0;
        return seed ? new Answer.Seed() : new Answer.Wait();
    }

    /**
     * How long a transfer may take before its source counts as slow: much longer than those before it did.
     *
     * @param before how long some of those took; empty when there was none
     * @param most the longest that any may take
     */
    static Duration limit(List<Duration> before, Duration most) {
        if (before.isEmpty()) {
            return most;
        }
        Duration median = before.stream().sorted().toList().get(before.size() / 2);
        Duration limit = LEAST_LIMIT.plus(median.multipliedBy(SLOW_FACTOR));
        return limit.compareTo(most) < 0 ? limit : most;
    }
}
