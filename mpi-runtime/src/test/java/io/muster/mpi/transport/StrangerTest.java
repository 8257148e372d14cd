package io.muster.mpi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.wireup.RankAddress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who connects to a rank's port without the job secret is refused, and disturbs nobody. */
@Timeout(60)
final class StrangerTest {
    private static final byte[] SECRET = "right".getBytes(StandardCharsets.UTF_8);
    private static final byte[] WRONG = "wrong".getBytes(StandardCharsets.UTF_8);
    private static final String HOST = "127.0.0.1";

    @Test
    void garbage_silence_and_early_ends_do_not_keep_ranks_apart() throws Exception {
        try (Doorbell bell = new Doorbell();
                TcpTransport zero = TcpTransport.listen(0, 2, "job", HOST, SECRET, bell);
                TcpTransport one = TcpTransport.listen(1, 2, "job", HOST, SECRET, bell)) {
            List<Socket> strangers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                strangers.add(stranger(zero, new byte[0]));
                strangers.add(stranger(zero, new byte[500]));
                stranger(zero, "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                        .close();
            }
            FutureTask<Void> accepting = new FutureTask<>(() -> {
                zero.connect(List.of(address(1, one.port())));
                return null;
            });
            Thread.ofVirtual().start(accepting);
            one.connect(List.of(address(0, zero.port())));
            accepting.get(20, TimeUnit.SECONDS);

            assertThat(zero.links()).containsOnlyKeys(1);
            assertThat(one.links()).containsOnlyKeys(0);
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void a_wrong_proof_is_refused_at_both_ends() throws IOException {
        try (Doorbell bell = new Doorbell();
                TcpTransport zero = TcpTransport.listen(0, 2, "job", HOST, SECRET, bell);
                TcpTransport wrong = TcpTransport.listen(1, 2, "job", HOST, WRONG, bell);
                TcpTransport otherJob = TcpTransport.listen(1, 2, "job-2", HOST, SECRET, bell)) {
            List<RankAddress> peers = List.of(address(0, zero.port()));
            assertThatThrownBy(() -> wrong.connect(peers))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("rank 1 cannot connect to rank 0");
            assertThatThrownBy(() -> otherJob.connect(peers)).isInstanceOf(IOException.class);
            assertThat(zero.links()).isEmpty();
        }
    }

    @Test
    void strangers_who_say_nothing_do_not_fill_the_door() throws Exception {
        try (Doorbell bell = new Doorbell();
                TcpTransport zero = TcpTransport.listen(0, 2, "job", HOST, SECRET, bell);
                TcpTransport one = TcpTransport.listen(1, 2, "job", HOST, SECRET, bell)) {
            List<Socket> strangers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                strangers.add(stranger(zero, new byte[0]));
            }
            FutureTask<Void> accepting = new FutureTask<>(() -> {
                zero.connect(List.of(address(1, one.port())));
                return null;
            });
            Thread.ofVirtual().start(accepting);
            one.connect(List.of(address(0, zero.port())));
            accepting.get(8, TimeUnit.SECONDS);
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void a_hundred_ranks_connect_at_once() throws Exception {
        int ranks = 100;
        try (Doorbell bell = new Doorbell();
                TcpTransport zero = TcpTransport.listen(0, ranks, "job", HOST, SECRET, bell)) {
            List<Socket> sockets = new ArrayList<>();
            List<RankAddress> addresses = new ArrayList<>();
            for (int rank = 1; rank < ranks; rank++) {
                sockets.add(stranger(zero, new byte[0]));
                addresses.add(address(rank, 0));
            }
            // All are connected before the first proves itself.
            for (int i = 0; i < sockets.size(); i++) {
                int rank = i + 1;
                Socket socket = sockets.get(i);
                Thread.ofVirtual().start(() -> prove(rank, socket));
            }
            zero.connect(addresses);
            assertThat(zero.links()).hasSize(ranks - 1);
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void prove(int rank, Socket socket) {
        try {
            new JobProof(SECRET, "job")
                    .connect(
                            rank,
                            0,
                            new DataInputStream(socket.getInputStream()),
                            new DataOutputStream(socket.getOutputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RankAddress address(int rank, int port) {
        return new RankAddress(rank, rank, HOST, port, 1);
    }

    private static Socket stranger(TcpTransport to, byte[] says) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
        socket.getOutputStream().write(says);
        return socket;
    }
}
