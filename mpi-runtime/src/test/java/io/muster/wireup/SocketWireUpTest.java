package io.muster.wireup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.muster.launch.RankEnvironment;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SocketWireUpTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final byte[] SECRET = "secret of a job".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final TreeMap<Integer, RankAddress> published = new TreeMap<>();
    private final Set<Integer> broken = ConcurrentHashMap.newKeySet();
    private final List<String> aborts = new CopyOnWriteArrayList<>();
    private final Map<LauncherRequest, Consumer<LauncherAnswer>> asked = new ConcurrentHashMap<>();
    private final Set<Integer> ended = ConcurrentHashMap.newKeySet();
    private WireUpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = WireUpServer.listen(SECRET, Set.of(0, 1), new WireUpServer.Listener() {
            @Override
            public synchronized void published(RankAddress address) {
                published.put(address.rank(), address);
                if (published.size() == 2) {
                    server.sendTable(List.copyOf(published.values()));
                }
            }

            @Override
            public void lineBroken(int rank, String reason) {
                broken.add(rank);
                server.sendLost(new RankLost(rank, reason));
            }

            @Override
            public void abortAsked(int rank, int exitCode, String reason) {
                aborts.add(rank + " " + exitCode + " " + reason);
            }

            @Override
            public void asked(int rank, LauncherRequest request, Consumer<LauncherAnswer> answer) {
                asked.put(request, answer);
            }

            @Override
            public void lineEnded(int rank) {
                ended.add(rank);
            }
        });
    }

    @AfterEach
    void close() {
        server.close();
    }

    private WireUp connect(int rank, byte[] secret) throws IOException {
        Path file = folder.resolve("secret-" + rank);
        Files.write(file, secret);
        return SocketWireUp.connect(
                new RankEnvironment("job", rank, 3, rank, 3, 0, 1, "node", "127.0.0.1", server.port(), file, folder));
    }

    private static RankAddress address(int rank) {
        return new RankAddress(
                rank, 0, "127.0.0.1", 1000 + rank, 1, Optional.of(new SharedPlace("machine", "/dev/shm/" + rank)));
    }

    @Test
    void ranks_get_each_others_addresses() throws Exception {
        try (WireUp zero = connect(0, SECRET);
                WireUp one = connect(1, SECRET)) {
            CompletableFuture<List<RankAddress>> first = CompletableFuture.supplyAsync(() -> {
                try {
                    return zero.exchange(address(0), DEADLINE);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(one.exchange(address(1), DEADLINE)).containsExactly(address(0), address(1));
            assertThat(first.get()).containsExactly(address(0), address(1));
            one.abort(7, "because");
            await().atMost(DEADLINE).until(() -> aborts.equals(List.of("1 7 because")));
            zero.goodbye();
            one.goodbye();
        }
        await().atMost(DEADLINE).until(() -> server.openLines() == 0);
        assertThat(broken).isEmpty();
    }

    @Test
    void requests_are_answered_in_any_order_and_end_with_the_line() throws Exception {
        LauncherRequest one = new LauncherRequest.LookUpName("one");
        LauncherRequest two = new LauncherRequest.LookUpName("two");
        LauncherRequest three = new LauncherRequest.PublishName("three", "port");
        WireUp zero = connect(0, SECRET);
        CompletableFuture<LauncherAnswer> first = ask(zero, one);
        CompletableFuture<LauncherAnswer> second = ask(zero, two);
        CompletableFuture<LauncherAnswer> third = ask(zero, three);
        await().atMost(DEADLINE).until(() -> asked.size() == 3);
        Objects.requireNonNull(asked.get(two)).accept(LauncherAnswer.done("the second"));
        assertThat(second.get(20, TimeUnit.SECONDS).text()).isEqualTo("the second");
        Objects.requireNonNull(asked.get(one)).accept(LauncherAnswer.failed("the first"));
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(LauncherAnswer.failed("the first"));
        zero.goodbye();
        zero.close();
        assertThatThrownBy(() -> third.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> zero.ask(one)).isInstanceOf(IOException.class);
        await().atMost(DEADLINE).until(() -> ended.contains(0));
        assertThat(broken).isEmpty();
    }

    private static CompletableFuture<LauncherAnswer> ask(WireUp rank, LauncherRequest request) {
        CompletableFuture<LauncherAnswer> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(rank.ask(request));
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    @Test
    void a_rank_whose_line_breaks_is_lost_to_the_others() throws IOException {
        try (WireUp zero = connect(0, SECRET)) {
            connect(1, SECRET).close();
            assertThatThrownBy(() -> zero.exchange(address(0), DEADLINE)).hasMessageContaining("rank 1 is gone");
            List<Integer> lost = new CopyOnWriteArrayList<>();
            zero.onRankLost(rank -> lost.add(rank.rank()));
            assertThat(lost).containsExactly(1);
        }
    }

    @Test
    void a_stranger_is_refused_and_the_server_goes_on() throws IOException {
        byte[] wrong = "another secret".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> connect(1, wrong)).hasMessageContaining("did not let it in");
        assertThatThrownBy(() -> connect(2, SECRET)).hasMessageContaining("did not let it in");
        try (WireUp one = connect(1, SECRET)) {
            assertThatThrownBy(() -> connect(1, SECRET)).hasMessageContaining("did not let it in");
            one.abort(7, "still heard");
            await().atMost(DEADLINE).until(() -> aborts.equals(List.of("1 7 still heard")));
            one.goodbye();
        }
        assertThat(published).isEmpty();
    }

    @Test
    void a_crowd_of_strangers_keeps_no_rank_out() throws IOException {
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                crowd.add(new Socket(WireUpServer.loopback(), server.port()));
            }
            try (WireUp one = connect(1, SECRET)) {
                one.abort(7, "heard");
                await().atMost(DEADLINE).until(() -> aborts.equals(List.of("1 7 heard")));
                one.goodbye();
            }
        } finally {
            for (Socket stranger : crowd) {
                stranger.close();
            }
        }
    }

    @Test
    void who_announces_more_than_a_proof_is_sent_away() throws IOException {
        try (Socket stranger = new Socket(WireUpServer.loopback(), server.port())) {
            stranger.setSoTimeout((int) DEADLINE.toMillis());
            DataInputStream in = new DataInputStream(stranger.getInputStream());
            in.readFully(new byte[in.readInt()]);
            new DataOutputStream(stranger.getOutputStream()).writeInt(257);
            assertThat(in.read()).isEqualTo(-1);
        }
    }
}
