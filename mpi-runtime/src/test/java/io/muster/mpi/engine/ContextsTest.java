package io.muster.mpi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The map of contexts does what a map of the JDK does. */
final class ContextsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatever_is_put_and_removed_is_found_or_not(long seed) {
        Random random = new Random(seed);
        Contexts<String> contexts = new Contexts<>();
        Map<Integer, String> model = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            // Near ones and those of other ranks, 2^15 apart; more of them now and then.
            int context = random.nextInt(40) + (random.nextInt(1 + step / 500) << 15);
            if (random.nextInt(3) > 0) {
                contexts.put(context, "value " + step);
                model.put(context, "value " + step);
            } else {
                assertThat(contexts.remove(context)).isEqualTo(model.remove(context));
            }
            int other = random.nextInt(40) + (random.nextInt(1 + step / 500) << 15);
            assertThat(contexts.get(other)).isEqualTo(model.get(other));
            assertThat(contexts.size()).isEqualTo(model.size());
        }
        model.forEach((context, value) -> assertThat(contexts.get(context)).isEqualTo(value));
    }
}
