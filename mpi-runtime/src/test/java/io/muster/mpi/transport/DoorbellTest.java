package io.muster.mpi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What wakes a sleeping rank, and what does not. */
@Timeout(60)
final class DoorbellTest {
    private static final long FOREVER = TimeUnit.HOURS.toNanos(1);
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void a_ring_with_the_token_of_the_sleeper_wakes_it() throws IOException {
        try (Doorbell sleeper = new Doorbell();
                Doorbell ringer = new Doorbell()) {
            Doorbell.Bell bell = sleeper.openBell();
            ringer.openBell();
            ringer.ring(address(bell), bell.token());
            sleeper.await(FOREVER);
        }
    }

    @Test
    void strangers_wake_nobody() throws IOException {
        try (Doorbell sleeper = new Doorbell();
                Doorbell stranger = new Doorbell()) {
            Doorbell.Bell bell = sleeper.openBell();
            stranger.openBell();
            stranger.ring(address(bell), bell.token() + 1);
            assertThat(slept(sleeper)).isGreaterThanOrEqualTo(SHORT.minusMillis(20));
        }
    }

    @Test
    void nobody_rings_and_the_sleep_ends() throws IOException {
        try (Doorbell sleeper = new Doorbell()) {
            sleeper.openBell();
            assertThat(slept(sleeper)).isGreaterThanOrEqualTo(SHORT.minusMillis(20));
        }
    }

    @Test
    void bytes_over_tcp_wake_the_sleeper() throws IOException {
        try (Doorbell sleeper = new Doorbell();
                ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel far = SocketChannel.open(server.getLocalAddress());
                SocketChannel near = server.accept()) {
            near.configureBlocking(false);
            sleeper.watch(near);
            far.write(ByteBuffer.allocate(1));
            sleeper.await(FOREVER);
        }
    }

    @Test
    void a_closed_doorbell_lets_nobody_sleep() throws IOException {
        Doorbell closed = new Doorbell();
        closed.close();
        closed.await(FOREVER);
    }

    private static Duration slept(Doorbell sleeper) {
        long start = System.nanoTime();
        sleeper.await(SHORT.toNanos());
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static InetSocketAddress address(Doorbell.Bell bell) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), bell.port());
    }
}
