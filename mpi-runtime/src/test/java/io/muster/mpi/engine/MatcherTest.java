package io.muster.mpi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mpi.transport.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The matcher does what two plain lists, searched from their start, would do. */
final class MatcherTest {
    private static final int RANKS = 4;
    private static final int TAGS = 3;
    private static final int CONTEXTS = 40;
    private static final int STEPS = 20_000;

    private final List<ReceiveOperation> posted = new ArrayList<>();
    private final List<Unexpected> kept = new ArrayList<>();
    private final Matcher matcher = new Matcher(RANKS);

    private static boolean takes(int source, int tag, int ofSource, int ofTag) {
        return (source == Matcher.ANY || source == ofSource) && (tag == Matcher.ANY || tag == ofTag);
    }

    private Optional<ReceiveOperation> receiveFor(int context, int source, int tag) {
        return posted.stream()
                .filter(each -> each.context == context && takes(each.source, each.tag, source, tag))
                .findFirst();
    }

    private Optional<Unexpected> messageFor(int context, int source, int tag) {
        return kept.stream()
                .filter(each -> each.context == context && takes(source, tag, each.source, each.tag))
                .findFirst();
    }

    /** A message is kept when no receive was there. */
    private void arrive(int context, int source, int tag) {
        Optional<ReceiveOperation> expected = receiveFor(context, source, tag);
        assertThat(matcher.arrive(context, source, tag)).isSameAs(expected.orElse(null));
        if (expected.isPresent()) {
            posted.remove(expected.get());
        } else {
            Unexpected message = new Unexpected(context, source, tag, 0, 0, null);
            matcher.keep(message);
            kept.add(message);
        }
    }

    private void post(int context, int source, int tag) {
        Optional<Unexpected> expected = messageFor(context, source, tag);
        assertThat(matcher.peek(context, source, tag)).isSameAs(expected.orElse(null));
        ReceiveOperation receive = new ReceiveOperation().set(context, source, tag, Frame.NOTHING, 0, 0);
        assertThat(matcher.post(receive)).isSameAs(expected.orElse(null));
        if (expected.isPresent()) {
            kept.remove(expected.get());
        } else {
            posted.add(receive);
        }
    }

    private void cancelOne(Random random) {
        if (!posted.isEmpty()) {
            matcher.cancel(posted.remove(random.nextInt(posted.size())));
        }
    }

    private void forget(int context) {
        assertThat(matcher.forget(context))
                .isEqualTo(kept.stream().filter(each -> each.context == context).toList());
        assertThat(matcher.knows(context)).isFalse();
        posted.removeIf(each -> each.context == context);
        kept.removeIf(each -> each.context == context);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_comes_in_whatever_order_is_matched_as_by_two_lists(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            // Few contexts most of the time, so that queues grow; some far ones.
            int context = random.nextInt(20) == 0 ? random.nextInt(CONTEXTS) : random.nextInt(2);
            // Phases in which messages outrun receives, and the other way round.
            int arrivals = (step / 500) % 2 == 0 ? 60 : 35;
            int what = random.nextInt(100);
            if (what < arrivals) {
                arrive(context, random.nextInt(RANKS), random.nextInt(TAGS));
            } else if (what < 95) {
                post(context, random.nextInt(RANKS + 1) - 1, random.nextInt(TAGS + 1) - 1);
            } else if (what < 99) {
                cancelOne(random);
            } else if (random.nextInt(10) == 0) {
                forget(context);
            }
        }
    }
}
