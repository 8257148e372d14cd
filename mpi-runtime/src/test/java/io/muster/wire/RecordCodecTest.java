package io.muster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecordCodecTest {
    private enum Colour {
        RED,
        GREEN
    }

    private sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Group(List<Circle> circles, Optional<Colour> colour) implements Shape {}

        record All(
                int number,
                long large,
                boolean truth,
                String text,
                Duration duration,
                Map<String, String> map,
                Optional<Circle> circle)
                implements Shape {}
    }

    private static final RecordCodec<Shape> CODEC = RecordCodec.of(Shape.class);

    private static final Shape ALL = new Shape.All(
            -5,
            Long.MAX_VALUE,
            true,
            "Gruß \uD83D\uDE00",
            Duration.ofMillis(1500),
            Map.of("a", "b", "c", ""),
            Optional.of(new Shape.Circle(2.5)));

    @Test
    void everything_comes_back() throws IOException {
        Shape group = new Shape.Group(List.of(new Shape.Circle(1), new Shape.Circle(0)), Optional.of(Colour.GREEN));
        assertThat(CODEC.decode(CODEC.encode(group))).isEqualTo(group);
        assertThat(CODEC.decode(CODEC.encode(ALL))).isEqualTo(ALL);
    }

    @Test
    void every_cut_is_refused() {
        byte[] whole = CODEC.encode(ALL);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> CODEC.decode(cut)).isInstanceOf(WireException.class);
        }
        assertThatThrownBy(() -> CODEC.decode(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("too many");
    }

    @Test
    void noise_is_refused_or_read_but_does_no_harm() {
        Random random = new Random(7);
        byte[] whole = CODEC.encode(ALL);
        for (int round = 0; round < 2000; round++) {
            byte[] noisy = whole.clone();
            noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
            try {
                assertThat(CODEC.decode(noisy)).isNotNull();
            } catch (IOException e) {
                assertThat(e).isInstanceOf(WireException.class);
            }
        }
    }

    @Test
    void what_cannot_be_sent_is_refused_at_once() {
        record Strange(Object anything) {}
        assertThatThrownBy(() -> RecordCodec.of(Strange.class)).isInstanceOf(IllegalArgumentException.class);
    }
}
