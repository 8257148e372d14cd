package io.muster.mpi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two ranks that sleep for ever between messages wake each other every time: a wake-up that is lost hangs the test. */
@Timeout(120)
final class WakeUpTest {
    private static final int ROUNDS = 20_000;
    private static final long FOREVER = TimeUnit.HOURS.toNanos(1);

    @TempDir
    Path folder;

    /** One rank: sends a frame to the other, and waits for one of it, always asleep. */
    private static final class Player implements FrameHandler {
        private final SharedMemoryTransport transport;
        private final Doorbell bell;
        private final int other;
        private int came;

        Player(SharedMemoryTransport transport, Doorbell bell, int other) {
            this.transport = transport;
            this.bell = bell;
            this.other = other;
        }

        void send() {
            assertThat(Objects.requireNonNull(transport.links().get(other))
                            .offer(new Frame().control(FrameKind.CREDIT, 1, 0, 0)))
                    .isTrue();
        }

        void await(int frames) {
            while (came < frames) {
                bell.fallAsleep();
                if (transport.poll(this) == 0) {
                    bell.await(FOREVER);
                }
                bell.awake();
                transport.poll(this);
            }
        }

        @Override
        public void onFrame(int peer, Frame frame) {
            came++;
        }

        @Override
        public void onBroken(int peer, String reason) {
            throw new AssertionError(reason);
        }
    }

    @Test
    void at_futexes() throws Exception {
        if (Futex.load()) {
            assertThat(Futex.missing()).isNull();
            play(new Doorbell(), new Doorbell());
        } else {
            assertThat(System.getProperty("os.name") + Futex.missing()).doesNotContain("Linux");
        }
    }

    @Test
    void in_selectors_that_watch_connections() throws Exception {
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel far = SocketChannel.open(server.getLocalAddress());
                SocketChannel near = server.accept()) {
            Doorbell first = new Doorbell();
            Doorbell second = new Doorbell();
            far.configureBlocking(false);
            near.configureBlocking(false);
            first.watch(near);
            second.watch(far);
            play(first, second);
        }
    }

    @Test
    void one_at_a_futex_and_one_in_a_selector() throws Exception {
        Futex.load();
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel far = SocketChannel.open(server.getLocalAddress())) {
            Doorbell first = new Doorbell();
            far.configureBlocking(false);
            first.watch(far);
            play(first, new Doorbell());
        }
    }

    @Test
    void whoever_is_woken_by_a_thread_of_its_own_looks_again() throws Exception {
        Futex.load();
        SharedMemoryTransport.create(Files.createDirectory(folder.resolve("own")), 1);
        try (Doorbell bell = new Doorbell();
                SharedMemoryTransport transport =
                        SharedMemoryTransport.open(folder.resolve("own"), 0, List.of(0), bell)) {
            assertThat(transport.links()).isEmpty();
            for (int round = 0; round < 1_000; round++) {
                bell.fallAsleep();
                Thread waker = Thread.ofPlatform().start(bell::wakeUp);
                bell.await(FOREVER);
                bell.awake();
                waker.join();
            }
        }
    }

    private void play(Doorbell first, Doorbell second) throws Exception {
        SharedMemoryTransport.create(folder, 2);
        try (first;
                second;
                SharedMemoryTransport ofFirst = SharedMemoryTransport.open(folder, 0, List.of(0, 1), first);
                SharedMemoryTransport ofSecond = SharedMemoryTransport.open(folder, 1, List.of(0, 1), second)) {
            FutureTask<Void> answering = new FutureTask<>(() -> {
                Player player = new Player(ofSecond, second, 0);
                for (int round = 1; round <= ROUNDS; round++) {
                    player.await(round);
                    player.send();
                }
                return null;
            });
            Thread.ofPlatform().daemon().start(answering);
            Player player = new Player(ofFirst, first, 1);
            for (int round = 1; round <= ROUNDS; round++) {
                player.send();
                player.await(round);
            }
            answering.get(60, TimeUnit.SECONDS);
        }
    }
}
