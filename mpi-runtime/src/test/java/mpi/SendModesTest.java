package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Standard, buffered, synchronous and ready messages; blocking, non-blocking and persistent (MPI 4.1, 3.4 to 3.9). */
final class SendModesTest {
    private static final int[] SIZES = {0, 1, 4096, 60_000};

    @AfterEach
    void detach() {
        MPI.detachBuffer();
    }

    /** One way to send ints in both dialects; returns when the message may be received. */
    private interface Sender {
        void send(Intracomm comm, int[] data, int offset, int count, int tag);
    }

    private static final List<Sender> SENDERS = List.of(
            (comm, data, at, n, tag) -> comm.Bsend(data, at, n, MPI.INT, 1, tag),
            (comm, data, at, n, tag) -> comm.bSend(MPI.slice(data, at), n, MPI.INT, 1, tag),
            (comm, data, at, n, tag) ->
                    comm.Ibsend(data, at, n, MPI.INT, 1, tag).Wait(),
            (comm, data, at, n, tag) ->
                    comm.ibSend(MPI.slice(data, at), n, MPI.INT, 1, tag).waitFor(),
            (comm, data, at, n, tag) -> comm.Ssend(data, at, n, MPI.INT, 1, tag),
            (comm, data, at, n, tag) ->
                    comm.Issend(data, at, n, MPI.INT, 1, tag).Wait(),
            (comm, data, at, n, tag) ->
                    comm.isSend(MPI.slice(data, at), n, MPI.INT, 1, tag).waitFor(),
            (comm, data, at, n, tag) -> comm.Rsend(data, at, n, MPI.INT, 1, tag),
            (comm, data, at, n, tag) -> comm.rSend(MPI.slice(data, at), n, MPI.INT, 1, tag),
            (comm, data, at, n, tag) ->
                    comm.Irsend(data, at, n, MPI.INT, 1, tag).Wait(),
            (comm, data, at, n, tag) -> startTwice(comm.Send_init(data, at, n, MPI.INT, 1, tag)),
            (comm, data, at, n, tag) -> startTwice(comm.Bsend_init(data, at, n, MPI.INT, 1, tag)),
            (comm, data, at, n, tag) -> startTwice(comm.Ssend_init(data, at, n, MPI.INT, 1, tag)),
            (comm, data, at, n, tag) -> startTwice(comm.Rsend_init(data, at, n, MPI.INT, 1, tag)),
            (comm, data, at, n, tag) -> startTwice(comm.sendInit(MPI.slice(data, at), n, MPI.INT, 1, tag)),
            (comm, data, at, n, tag) -> startTwice(comm.bSendInit(MPI.slice(data, at), n, MPI.INT, 1, tag)),
            (comm, data, at, n, tag) -> startTwice(comm.sSendInit(MPI.slice(data, at), n, MPI.INT, 1, tag)),
            (comm, data, at, n, tag) -> startTwice(comm.rSendInit(MPI.slice(data, at), n, MPI.INT, 1, tag)));

    private static final int FIRST_PERSISTENT = 10;

    private static void startTwice(Prequest request) {
        for (int i = 0; i < 2; i++) {
            request.Start();
            request.Wait();
            assertThat(request.isNull()).isFalse();
        }
        request.free();
        assertThat(request.isNull()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void every_mode_brings_messages_of_all_sizes(Wiring wiring) {
        MPI.attachBuffer(new byte[64 << 20]);
        RankThreads.run(2, wiring, comm -> {
            for (int way = 0; way < SENDERS.size(); way++) {
                for (int size : SIZES) {
                    if (comm.Rank() == 0) {
                        int[] out = new int[size + 3];
                        Arrays.setAll(out, i -> i * 7 + size);
                        SENDERS.get(way).send(comm, out, 3, size, way);
                        continue;
                    }
                    for (int round = 0; round < (way < FIRST_PERSISTENT ? 1 : 2); round++) {
                        int[] in = new int[size + 1];
                        Status status = comm.Recv(in, 1, size, MPI.INT, 0, way);
                        assertThat(status.Get_count(MPI.INT)).as("way %d", way).isEqualTo(size);
                        assertThat(status.count).isEqualTo(size);
                        for (int i = 0; i < size; i++) {
                            assertThat(in[i + 1]).isEqualTo((i + 3) * 7 + size);
                        }
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_synchronous_send_is_done_only_when_a_receive_has_matched(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            byte[] token = new byte[1];
            if (comm.Rank() == 0) {
                Request send = comm.Issend(new int[] {5}, 0, 1, MPI.INT, 1, 1);
                // The other rank tells that the message has come, and does not ask for it before the answer.
                comm.Recv(token, 0, 1, MPI.BYTE, 1, 2);
                for (int i = 0; i < 100; i++) {
                    assertThat(send.Test()).isNull();
                }
                comm.Send(token, 0, 1, MPI.BYTE, 1, 3);
                send.Wait();
            } else {
                comm.Probe(0, 1);
                comm.Send(token, 0, 1, MPI.BYTE, 0, 2);
                comm.Recv(token, 0, 1, MPI.BYTE, 0, 3);
                comm.Recv(new int[1], 0, 1, MPI.INT, 0, 1);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_buffered_send_returns_before_its_receive_and_its_buffer_is_free_at_once(Wiring wiring) {
        MPI.Buffer_attach(ByteBuffer.allocate(1 << 20));
        RankThreads.run(2, wiring, comm -> {
            byte[] token = new byte[1];
            if (comm.Rank() == 0) {
                int[] data = new int[100_000];
                Arrays.fill(data, 4);
                comm.Bsend(data, 0, data.length, MPI.INT, 1, 1);
                Arrays.fill(data, 9);
                comm.Send(token, 0, 1, MPI.BYTE, 1, 2);
                MPI.Buffer_detach();
            } else {
                comm.Recv(token, 0, 1, MPI.BYTE, 0, 2);
                int[] in = new int[100_000];
                comm.Recv(in, 0, in.length, MPI.INT, 0, 1);
                assertThat(Arrays.stream(in).allMatch(value -> value == 4)).isTrue();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_buffered_send_that_has_no_room_says_so_and_has_room_again_later(Wiring wiring) {
        byte[] room = new byte[100_000 + MPI.BSEND_OVERHEAD];
        MPI.attachBuffer(room);
        RankThreads.run(2, wiring, comm -> {
            byte[] data = new byte[100_000];
            byte[] token = new byte[1];
            if (comm.Rank() == 0) {
                comm.bSend(data, data.length, MPI.BYTE, 1, 1);
                assertThatThrownBy(() -> comm.bSend(data, 1, MPI.BYTE, 1, 1))
                        .isInstanceOfSatisfying(
                                MPIException.class,
                                e -> assertThat(e.getErrorClass()).isEqualTo(MPI.ERR_BUFFER))
                        .hasMessageContaining("in use");
                comm.Send(token, 0, 1, MPI.BYTE, 1, 2);
                comm.Recv(token, 0, 1, MPI.BYTE, 1, 3);
                comm.bSend(data, data.length, MPI.BYTE, 1, 1);
                comm.Send(token, 0, 1, MPI.BYTE, 1, 2);
                assertThat(MPI.detachBuffer()).isSameAs(room);
            } else {
                for (int round = 0; round < 2; round++) {
                    comm.Recv(token, 0, 1, MPI.BYTE, 0, 2);
                    comm.Recv(data, 0, data.length, MPI.BYTE, 0, 1);
                    if (round == 0) {
                        comm.Send(token, 0, 1, MPI.BYTE, 0, 3);
                    }
                }
            }
        });
    }

    @Test
    void buffered_sends_need_one_attached_buffer() {
        RankThreads.run(1, Wiring.SHM, comm -> {
            assertThatThrownBy(() -> comm.Bsend(new int[1], 0, 1, MPI.INT, 0, 0))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("attach");
            MPI.attachBuffer(new byte[10]);
            assertThatThrownBy(() -> MPI.attachBuffer(new byte[10])).isInstanceOf(MPIException.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    void persistent_requests_of_both_ends_are_started_again_and_again(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int other = 1 - comm.Rank();
            int[] out = new int[50];
            IntBuffer in = MPI.newIntBuffer(50);
            Prequest[] both = {comm.Send_init(out, 0, 50, MPI.INT, other, 6), comm.recvInit(in, 50, MPI.INT, other, 6)};
            assertThat(both[0].Wait().source).as("not started").isEqualTo(MPI.ANY_SOURCE);
            for (int round = 0; round < 50; round++) {
                Arrays.fill(out, round * 2 + comm.Rank());
                Prequest.Startall(both);
                assertThatThrownBy(both[1]::Start).isInstanceOf(MPIException.class);
                Status[] statuses = Request.Waitall(both);
                assertThat(statuses[1].Get_count(MPI.INT)).isEqualTo(50);
                assertThat(in.get(49)).isEqualTo(round * 2 + other);
            }
            assertThat(Request.testAll(both)).isTrue();
            assertThat(Request.waitAny(both)).isEqualTo(MPI.UNDEFINED);
        });
    }

    @ParameterizedTest
    @EnumSource
    void objects_and_layouts_travel_in_all_modes(Wiring wiring) {
        MPI.attachBuffer(new byte[1 << 20]);
        RankThreads.run(2, wiring, comm -> {
            Datatype column = Datatype.Vector(3, 1, 4, MPI.DOUBLE);
            if (comm.Rank() == 0) {
                Object[] words = {"one", "two"};
                comm.Bsend(words, 0, 2, MPI.OBJECT, 1, 0);
                Prequest again = comm.Ssend_init(words, 1, 1, MPI.OBJECT, 1, 0);
                again.Start();
                again.Wait();
                words[1] = "three";
                again.Start();
                again.Wait();
                double[] matrix = new double[12];
                Arrays.setAll(matrix, i -> i);
                comm.Bsend(matrix, 1, 1, column, 1, 0);
            } else {
                Object[] in = new Object[2];
                assertThat(comm.Recv(in, 0, 2, MPI.OBJECT, 0, 0).count).isEqualTo(2);
                assertThat(in).containsExactly("one", "two");
                Prequest receive = comm.Recv_init(in, 0, 1, MPI.OBJECT, 0, 0);
                for (String expected : List.of("two", "three")) {
                    receive.Start();
                    assertThat(receive.Wait().Get_count(MPI.OBJECT)).isEqualTo(1);
                    assertThat(in[0]).isEqualTo(expected);
                }
                double[] matrix = new double[12];
                Status status = comm.Recv(matrix, 2, 1, column, 0, 0);
                assertThat(matrix).containsExactly(0, 0, 1, 0, 0, 0, 5, 0, 0, 0, 9, 0);
                assertThat(List.of(status.count, status.numEls, status.countInBytes))
                        .containsExactly(1, 3, 24);
            }
        });
    }

    @Test
    void nobody_is_a_peer_in_all_modes() {
        MPI.attachBuffer(new byte[1000]);
        RankThreads.run(1, Wiring.SHM, comm -> {
            int[] data = {1};
            comm.bSend(data, 1, MPI.INT, MPI.PROC_NULL, 0);
            comm.sSend(data, 1, MPI.INT, MPI.PROC_NULL, 0);
            Request request = comm.iRecv(data, 1, MPI.INT, MPI.PROC_NULL, 0);
            assertThat(request.isNull()).isFalse();
            assertThat(request.waitStatus().getSource()).isEqualTo(MPI.PROC_NULL);
            assertThat(request.isNull()).isTrue();
            Prequest receive = comm.Recv_init(data, 0, 1, MPI.INT, MPI.PROC_NULL, 0);
            receive.Start();
            assertThat(receive.Wait().source).isEqualTo(MPI.PROC_NULL);
            assertThat(comm.iProbe(MPI.PROC_NULL, 0)).isNotNull();
        });
    }

    @Test
    void bytes_may_be_those_of_any_array() {
        RankThreads.run(1, Wiring.SHM, comm -> {
            int[] out = {1, 2, 3};
            int[] in = new int[3];
            comm.sendRecv(out, 12, MPI.BYTE, 0, 0, in, 12, MPI.BYTE, 0, 0);
            assertThat(in).containsExactly(1, 2, 3);
            comm.sendRecv(out, 2, MPI.CHAR, 0, 0, in, 2, MPI.CHAR, 0, 0);
            assertThatThrownBy(() -> comm.send(out, 1, MPI.DOUBLE, 0, 0)).isInstanceOf(MPIException.class);
        });
    }
}
