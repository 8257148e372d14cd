package io.muster.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OutputPumpTest {
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    /** A stream whose bytes come a while after each other, as to a thread that the machine gives little time. */
    private static final class SlowStream extends InputStream {
        private final LinkedBlockingQueue<Integer> never = new LinkedBlockingQueue<>();
        private final byte[] bytes;
        private final Duration before;
        private final boolean ends;
        private int next;

        SlowStream(String text, Duration before, boolean ends) {
            this.bytes = text.getBytes(StandardCharsets.US_ASCII);
            this.before = before;
            this.ends = ends;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                if (next == bytes.length && ends) {
                    return -1;
                }
                never.poll(next == bytes.length ? Long.MAX_VALUE : before.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            buffer[offset] = bytes[next++];
            return 1;
        }
    }

    private OutputPump pump(InputStream in) {
        OutputPump pump = new OutputPump(in, (bytes, partial) -> seen.writeBytes(bytes));
        pump.start("pump");
        return pump;
    }

    @Test
    void a_stream_that_ends_is_drained_at_once_and_wholly() throws InterruptedException {
        pump(new SlowStream("all\nof it", Duration.ZERO, true)).awaitDrained();
        assertThat(seen).hasToString("all\nof it");
    }

    @Test
    void a_tail_that_comes_late_is_not_lost() throws InterruptedException {
        pump(new SlowStream("a\nb\n", Duration.ofMillis(300), true)).awaitDrained();
        assertThat(seen).hasToString("a\nb\n");
    }

    @Test
    void a_stream_that_a_descendant_holds_is_not_waited_for_for_ever() throws InterruptedException {
        pump(new SlowStream("up\n", Duration.ZERO, false)).awaitDrained();
        assertThat(seen).hasToString("up\n");
    }
}
