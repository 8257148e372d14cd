package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PointToPointTest {
    private static final int[] SIZES = {0, 1, 7, 4095, 4096, 4097, 16383, 16384, 16385, 300_000};

    @ParameterizedTest
    @EnumSource
    void messages_of_all_sizes_arrive_at_both_ends(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int other = 1 - comm.Rank();
            for (int size : SIZES) {
                int[] out =
                        IntStream.range(0, size).map(i -> i * 31 + comm.Rank()).toArray();
                int[] in = new int[size];
                Status status = comm.Sendrecv(out, 0, size, MPI.INT, other, 5, in, 0, size, MPI.INT, other, 5);
                assertThat(status.getCount(MPI.INT)).isEqualTo(size);
                assertThat(status.source).isEqualTo(other);
                assertThat(in)
                        .isEqualTo(IntStream.range(0, size)
                                .map(i -> i * 31 + other)
                                .toArray());
            }
        });
    }

    @Test
    void long_messages_fit_the_small_rings_of_many_ranks() {
        RankThreads.run(48, Wiring.SHM, comm -> {
            int next = (comm.Rank() + 1) % 48;
            int previous = (comm.Rank() + 47) % 48;
            int[] out = IntStream.range(0, 30_000).map(i -> i + comm.Rank()).toArray();
            int[] in = new int[out.length];
            comm.Sendrecv(out, 0, out.length, MPI.INT, next, 0, in, 0, in.length, MPI.INT, previous, 0);
            assertThat(in[0]).isEqualTo(previous);
            assertThat(in[in.length - 1]).isEqualTo(previous + in.length - 1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void every_type_travels_with_an_offset(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            for (Datatype type : TypedArrays.TYPES) {
                Object out = TypedArrays.filled(type, 40, 3 + comm.Rank());
                Object in = type.element.newArray(40);
                if (comm.Rank() == 0) {
                    comm.Send(out, 10, 20, type, 1, 1);
                    comm.Recv(in, 10, 20, type, 1, 2);
                } else {
                    comm.Recv(in, 10, 20, type, 0, 1);
                    comm.Ssend(out, 10, 20, type, 0, 2);
                }
                Object expected = type.element.newArray(40);
                System.arraycopy(TypedArrays.filled(type, 40, 3 + 1 - comm.Rank()), 10, expected, 10, 20);
                assertThat(in).isEqualTo(expected);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void direct_buffers_and_slices_travel(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            if (comm.getRank() == 0) {
                IntBuffer out = MPI.newIntBuffer(8);
                for (int i = 0; i < 8; i++) {
                    out.put(i, i + 1);
                }
                comm.iSend(out, 8, MPI.INT, 1, 0).waitFor();
            } else {
                int[] in = new int[10];
                comm.recv(MPI.slice(in, 2), 8, MPI.INT, 0, 0);
                assertThat(in).containsExactly(0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void wildcards_take_messages_in_order_of_each_sender(Wiring wiring) {
        RankThreads.run(4, wiring, comm -> {
            int each = 200;
            if (comm.Rank() == 0) {
                int[] next = new int[4];
                int[] in = new int[2];
                for (int i = 0; i < 3 * each; i++) {
                    Status status = comm.Recv(in, 0, 2, MPI.INT, MPI.ANY_SOURCE, MPI.ANY_TAG);
                    assertThat(in).containsExactly(status.source, next[status.source]++);
                    assertThat(status.tag).isEqualTo(in[1] % 3);
                }
            } else {
                for (int i = 0; i < each; i++) {
                    comm.Send(new int[] {comm.Rank(), i}, 0, 2, MPI.INT, 0, i % 3);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void ten_thousand_outstanding_requests_complete_in_reverse(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int count = 10_000;
            Request[] requests = new Request[count];
            int[][] data = new int[count][1];
            for (int i = 0; i < count; i++) {
                if (comm.Rank() == 0) {
                    data[i][0] = i;
                    requests[i] = comm.Isend(data[i], 0, 1, MPI.INT, 1, i);
                } else {
                    requests[i] = comm.Irecv(data[i], 0, 1, MPI.INT, 0, count - 1 - i);
                }
            }
            Status[] statuses = Request.Waitall(requests);
            assertThat(statuses).hasSize(count);
            if (comm.Rank() == 1) {
                assertThat(data[0][0]).isEqualTo(count - 1);
                assertThat(data[count - 1][0]).isZero();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void probe_sees_what_receive_gets(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            if (comm.Rank() == 0) {
                comm.Send(new double[] {1, 2, 3}, 0, 3, MPI.DOUBLE, 1, 9);
            } else {
                Status status = comm.Probe(MPI.ANY_SOURCE, MPI.ANY_TAG);
                assertThat(status.Get_count(MPI.DOUBLE)).isEqualTo(3);
                double[] in = new double[3];
                comm.Recv(in, 0, 3, MPI.DOUBLE, status.source, status.tag);
                assertThat(in).containsExactly(1, 2, 3);
                assertThat(comm.Iprobe(0, MPI.ANY_TAG)).isNull();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_message_that_is_too_long_is_truncated_and_told(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            for (int size : new int[] {5, 100_000}) {
                if (comm.Rank() == 0) {
                    comm.Send(new int[size], 0, size, MPI.INT, 1, 0);
                } else {
                    assertThatThrownBy(() -> comm.Recv(new int[4], 0, 4, MPI.INT, 0, 0))
                            .isInstanceOf(MPIException.class)
                            .hasMessageContaining("MPI_ERR_TRUNCATE")
                            .hasMessageContaining(4 * size + " bytes")
                            .hasMessageContaining("Recv");
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_sender_without_receiver_is_held_and_nothing_is_lost(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int count = 3_000;
            int length = 1_000;
            if (comm.Rank() == 0) {
                Request[] requests = new Request[count];
                int[] data = new int[length];
                for (int i = 0; i < count; i++) {
                    requests[i] = comm.Isend(data, 0, length, MPI.INT, 1, 1);
                }
                comm.Send(new int[] {42}, 0, 1, MPI.INT, 1, 2);
                assertThat(Arrays.stream(requests)
                                .filter(request -> !request.doneNow())
                                .count())
                        .as("sends that wait for their receiver")
                        .isGreaterThan(count / 2);
                Request.waitAll(requests);
            } else {
                int[] last = new int[1];
                comm.Recv(last, 0, 1, MPI.INT, 0, 2);
                assertThat(last).containsExactly(42);
                for (int i = 0; i < count; i++) {
                    comm.Recv(new int[length], 0, length, MPI.INT, 0, 1);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void nobody_and_oneself_are_peers_too(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int[] data = {7};
            comm.Send(data, 0, 1, MPI.INT, MPI.PROC_NULL, 0);
            assertThat(comm.Recv(data, 0, 1, MPI.INT, MPI.PROC_NULL, 0).source).isEqualTo(MPI.PROC_NULL);
            int[] big = IntStream.range(0, 100_000).toArray();
            int[] got = new int[100_000];
            Request request = comm.Isend(big, 0, big.length, MPI.INT, comm.Rank(), 3);
            comm.Recv(got, 0, got.length, MPI.INT, comm.Rank(), 3);
            request.Wait();
            assertThat(got).isEqualTo(big);
        });
    }
}
