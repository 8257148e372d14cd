package io.muster.mpi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.mpi.engine.Engine;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.ReceiveOperation;
import io.muster.wireup.RankAddress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rank that breaks the rules of the protocol is taken for lost, with the reason; nothing else breaks. */
@Timeout(60)
final class MalformedFramesTest {
    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);
    private static final String HOST = "127.0.0.1";
    private static final int CONTEXT = 0;
    private static final int TAG = 7;
    private static final int FRAME = FrameLayout.HEADER + 8;

    @ParameterizedTest
    @CsvSource({
        // length, kind, context, tag, size, handle of the sender, handle of the receiver
        "-1, 1, 0, 7, 8, 0, 0",
        "0, 1, 0, 7, 8, 0, 0",
        "31, 1, 0, 7, 8, 0, 0",
        "100000, 1, 0, 7, 99968, 0, 0",
        "2147483647, 1, 0, 7, 8, 0, 0",
        "40, 0, 0, 7, 8, 0, 0",
        "40, -1, 0, 7, 8, 0, 0",
        "40, 7, 0, 7, 8, 0, 0",
        "40, 1, -1, 7, 8, 0, 0",
        "40, 1, 0, -7, 8, 0, 0",
        "40, 1, 0, 7, 9, 0, 0",
        "40, 1, 0, 7, -8, 0, 0",
        "40, 2, -2147483648, 7, 8, 0, 0",
        "40, 2, 0, 7, -1, 0, 0",
        "40, 3, 0, 0, 8, 0, 0",
        "40, 3, 0, 0, 8, -1, 0",
        "40, 3, 0, 0, 8, 2147483647, 0",
        "40, 4, 0, 0, 0, 0, 0",
        "40, 4, 0, 0, 0, 0, -5",
        "40, 4, 0, 0, 0, 0, 2147483647",
        "40, 5, 0, 0, 1, 0, 0",
        "40, 5, 0, 0, -9223372036854775808, 0, 0",
        "40, 5, 0, 0, 9223372036854775807, 0, 0",
    })
    void whoever_waits_learns_that_a_rank_breaks_the_rules(
            int length, int kind, int context, int tag, long size, int sender, int receiver) throws Exception {
        ByteBuffer bad = frame(length, kind, context, tag, size, sender, receiver);
        withPeer(bad, engine -> {
            ReceiveOperation receive = engine.startReceive(CONTEXT, 1, TAG + 1, new byte[8], 0, 8);
            assertThatThrownBy(() -> engine.waitFor(receive))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("rank 1 is lost: it sent ");
        });
    }

    @ParameterizedTest
    @CsvSource({"-1", "1", "9223372036854775807"})
    void a_piece_of_a_message_goes_nowhere_but_where_it_belongs(long position) throws Exception {
        // A long message is announced and accepted; the receive gets the handle 0.
        ByteBuffer frames = ByteBuffer.allocate(2 * FRAME)
                .put(frame(FRAME, FrameKind.READY_TO_SEND.code(), CONTEXT, TAG, 1 << 20, 3, 0))
                .put(frame(FRAME, FrameKind.FRAGMENT.code(), 0, 0, position, 0, 0))
                .flip();
        withPeer(frames, engine -> {
            ReceiveOperation receive = engine.startReceive(CONTEXT, 1, TAG, new byte[1 << 20], 0, 1 << 20);
            assertThatThrownBy(() -> engine.waitFor(receive))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("rank 1 is lost: it sent 8 bytes");
        });
    }

    @Test
    void whatever_comes_a_thread_that_waits_gets_an_answer() throws Exception {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            ByteBuffer noise = ByteBuffer.allocate(64 * FRAME);
            while (noise.hasRemaining()) {
                // Often nearly right, to get far.
                int kind = random.nextInt(10) - 1;
                long size = random.nextBoolean() ? 8 : random.nextLong();
                noise.put(frame(FRAME, kind, random.nextInt(4), random.nextInt(4), size, random.nextInt(2), 0));
            }
            noise.put(0, new byte[] {(byte) FRAME, 0, 0, 0, (byte) random.nextInt(7)});
            withPeer(noise.flip(), engine -> {
                ReceiveOperation receive = engine.startReceive(CONTEXT, 1, TAG, new byte[8], 0, 8);
                assertThatThrownBy(() -> engine.waitFor(receive))
                        .isInstanceOf(Failure.class)
                        .hasMessageContaining("rank 1 is lost");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        // kind, length, position of a payload in the data
        "1, -1, 0",
        "1, 1025, 0",
        "1, 2147483647, 0",
        "1, 200, 3999",
        "1, 200, -64",
        "0, 8, 0",
        "7, 8, 0",
        "65535, 8, 0",
    })
    void a_ring_with_wrong_frames_is_not_read_any_more(int kind, int length, long position) {
        MemorySegment memory = Arena.ofAuto().allocate(RingLayout.strideBytes(1 << 12), 64);
        RingReader reader = new RingReader(memory, 0, 1 << 12, 1, () -> {});
        memory.set(RingLayout.LONG, RingLayout.SLOTS_AT, RingLayout.word(1, kind, 0) | (length & 0xffff_ffffL));
        memory.set(RingLayout.LONG, RingLayout.SLOTS_AT + RingLayout.PAYLOAD_AT, position);
        StringBuilder told = new StringBuilder();
        FrameHandler handler = new FrameHandler() {
            @Override
            public void onFrame(int peer, Frame frame) {
                told.append("a frame\n");
            }

            @Override
            public void onBroken(int peer, String reason) {
                told.append(peer).append(": ").append(reason).append('\n');
            }
        };
        reader.poll(handler, 10);
        reader.poll(handler, 10);
        assertThat(told.toString()).startsWith("1: it sent a frame of ").containsOnlyOnce("\n");
    }

    @Test
    void an_old_slot_is_not_taken_for_a_new_one() {
        MemorySegment memory = Arena.ofAuto().allocate(RingLayout.strideBytes(1 << 12), 64);
        RingReader reader = new RingReader(memory, 0, 1 << 12, 1, () -> {});
        RingWriter writer = new RingWriter(memory, 0, 1 << 12, () -> {});
        FrameHandler ignoring = new FrameHandler() {
            @Override
            public void onFrame(int peer, Frame frame) {}

            @Override
            public void onBroken(int peer, String reason) {
                throw new AssertionError(reason);
            }
        };
        Frame frame = new Frame().control(FrameKind.CREDIT, 1, 2, 3);
        for (int i = 0; i < 5 * RingLayout.slots(1 << 12); i++) {
            assertThat(reader.poll(ignoring, 100)).isEqualTo(i == 0 ? 0 : 1);
            assertThat(reader.poll(ignoring, 100)).isZero();
            assertThat(writer.offer(frame)).isTrue();
        }
    }

    private static ByteBuffer frame(
            int length, int kind, int context, int tag, long size, int senderHandle, int receiverHandle) {
        return ByteBuffer.allocate(FRAME)
                .order(ByteOrder.nativeOrder())
                .putInt(length)
                .putInt(kind)
                .putInt(context)
                .putInt(tag)
                .putLong(size)
                .putInt(senderHandle)
                .putInt(receiverHandle)
                .putLong(0)
                .flip();
    }

    /** Runs {@code program} as rank 0 of two, whose rank 1 proves itself, sends {@code says} and then nothing. */
    private static void withPeer(ByteBuffer says, Consumer<Engine> program) throws Exception {
        Doorbell bell = new Doorbell();
        TcpTransport tcp = TcpTransport.listen(0, 2, "job", HOST, SECRET, bell);
        FutureTask<Socket> connecting = new FutureTask<>(() -> connect(tcp.port(), says));
        Thread.ofVirtual().start(connecting);
        tcp.connect(List.of(new RankAddress(1, 1, HOST, 0, 1)));
        try (Socket open = connecting.get(20, TimeUnit.SECONDS);
                Engine engine = new Engine(0, 2, 1, List.of(new SelfTransport(0), tcp), bell)) {
            program.accept(engine);
            open.shutdownOutput();
        }
    }

    private static Socket connect(int port, ByteBuffer says) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        new JobProof(SECRET, "job")
                .connect(
                        1,
                        0,
                        new DataInputStream(socket.getInputStream()),
                        new DataOutputStream(socket.getOutputStream()));
        byte[] bytes = new byte[says.remaining()];
        says.get(bytes);
        socket.getOutputStream().write(bytes);
        return socket;
    }
}
