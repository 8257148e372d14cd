package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Objects;
import mpi.RankThreads.Wiring;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting and testing, cancelling, matched probes (MPI 4.1, 3.7 and 3.8). */
final class RequestTest {
    @Test
    void without_an_active_request_nobody_waits() {
        Request[] none = {MPI.REQUEST_NULL, null, new Request(MPI.INT)};
        assertThat(Request.Waitany(none).index).isEqualTo(MPI.UNDEFINED);
        assertThat(Request.waitAny(none)).isEqualTo(MPI.UNDEFINED);
        assertThat(Request.Testany(none)).isNotNull();
        assertThat(present(Request.testAnyStatus(new Request[0])).getIndex()).isEqualTo(MPI.UNDEFINED);
        assertThat(Request.Waitall(none)).hasSize(3);
        assertThat(Request.testAll(none)).isTrue();
        assertThat(Request.Waitsome(none)).isNull();
        assertThat(Request.testSome(none)).isNull();
        assertThat(MPI.REQUEST_NULL.Wait().source).isEqualTo(MPI.ANY_SOURCE);
        assertThat(MPI.REQUEST_NULL.Is_null()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void those_that_are_done_are_told_with_their_index(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int[][] in = new int[3][1];
            if (comm.Rank() == 0) {
                Request[] requests = new Request[4];
                for (int i = 0; i < 3; i++) {
                    requests[i + 1] = comm.Irecv(in[i], 0, 1, MPI.INT, 1, i);
                }
                assertThat(Request.testAnyStatus(requests)).isNull();
                assertThat(Request.testSome(requests)).isEmpty();
                assertThat(Request.testAll(requests)).isFalse();
                comm.barrier();
                assertThat(Request.waitAny(requests)).isEqualTo(2);
                assertThat(requests[2].isNull()).isTrue();
                assertThat(requests[1].isNull()).isFalse();
                comm.barrier();
                Status[] two = present(Request.Waitsome(requests));
                if (two.length == 1) {
                    assertThat(Request.waitSome(requests)).hasSize(1);
                } else {
                    assertThat(two[0].index + two[1].index).isEqualTo(4);
                }
                assertThat(in).isDeepEqualTo(new int[][] {{10}, {11}, {12}});
                assertThat(Request.waitSome(requests)).isNull();
            } else {
                comm.barrier();
                comm.Send(new int[] {11}, 0, 1, MPI.INT, 0, 1);
                comm.barrier();
                comm.Send(new int[] {12}, 0, 1, MPI.INT, 0, 2);
                comm.Send(new int[] {10}, 0, 1, MPI.INT, 0, 0);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_status_can_be_looked_at_before_waiting(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            if (comm.Rank() == 0) {
                Request request = comm.iRecv(new long[4], 4, MPI.LONG, MPI.ANY_SOURCE, MPI.ANY_TAG);
                assertThat(request.getStatus()).isNull();
                comm.barrier();
                comm.probe(1, 9);
                Status seen = present(request.getStatus());
                assertThat(seen.getCount(MPI.LONG)).isEqualTo(3);
                assertThat(request.isNull()).isFalse();
                assertThat(request.testStatus()).isSameAs(seen);
                assertThat(request.isNull()).isTrue();
                assertThat(present(request.getStatus()).getSource()).isEqualTo(MPI.ANY_SOURCE);
                comm.recv(new byte[0], 0, MPI.BYTE, 1, 9);
            } else {
                comm.barrier();
                comm.send(new long[3], 3, MPI.LONG, 0, 4);
                comm.send(new byte[0], 0, MPI.BYTE, 0, 9);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_receive_is_cancelled_when_it_has_not_matched(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int[] in = new int[2];
            if (comm.Rank() == 0) {
                Request unmatched = comm.Irecv(in, 0, 1, MPI.INT, 1, 1);
                unmatched.Cancel();
                Status status = unmatched.Wait();
                assertThat(status.Test_cancelled()).isTrue();
                assertThat(unmatched.Is_null()).isTrue();
                comm.barrier();
                Request matched = comm.Irecv(in, 1, 1, MPI.INT, 1, 1);
                comm.Probe(1, 2);
                matched.Cancel();
                assertThat(matched.Wait().isCancelled()).isFalse();
                assertThat(in).containsExactly(0, 8);
                comm.Recv(in, 0, 1, MPI.INT, 1, 2);
                Prequest persistent = comm.Recv_init(in, 0, 1, MPI.INT, 1, 3);
                persistent.Start();
                persistent.Cancel();
                assertThat(persistent.Wait().isCancelled()).isTrue();
                comm.barrier();
                persistent.Start();
                assertThat(persistent.Wait().isCancelled()).isFalse();
                assertThat(in[0]).isEqualTo(10);
            } else {
                comm.barrier();
                comm.Send(new int[] {8}, 0, 1, MPI.INT, 0, 1);
                comm.Send(new int[] {9}, 0, 1, MPI.INT, 0, 2);
                comm.barrier();
                comm.Send(new int[] {10}, 0, 1, MPI.INT, 0, 3);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_truncated_message_among_several_is_told_and_the_others_are_there(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            if (comm.Rank() == 0) {
                int[] good = new int[2];
                Request[] requests = {comm.Irecv(new int[1], 0, 1, MPI.INT, 1, 1), comm.Irecv(good, 0, 2, MPI.INT, 1, 2)
                };
                assertThatThrownBy(() -> Request.Waitall(requests))
                        .isInstanceOfSatisfying(
                                MPIException.class,
                                e -> assertThat(e.getErrorClass()).isEqualTo(MPI.ERR_TRUNCATE));
                assertThat(good).containsExactly(3, 4);
                assertThat(requests[0].isNull()).isTrue();
                assertThat(requests[1].isNull()).isTrue();
            } else {
                comm.Send(new int[] {1, 2}, 0, 2, MPI.INT, 0, 1);
                comm.Send(new int[] {3, 4}, 0, 2, MPI.INT, 0, 2);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_matched_message_goes_to_its_own_receive(Wiring wiring) {
        int[] sizes = {0, 3, 50_000};
        RankThreads.run(2, wiring, comm -> {
            for (int size : sizes) {
                if (comm.Rank() == 0) {
                    int[] out = new int[size];
                    Arrays.fill(out, 1);
                    comm.iSend(out, size, MPI.INT, 1, 5);
                    comm.Send(new int[] {2}, 0, 1, MPI.INT, 1, 5);
                    comm.barrier();
                    continue;
                }
                Message message = new Message();
                assertThat(message.isNull()).isTrue();
                Status status = message.mProbe(MPI.ANY_SOURCE, MPI.ANY_TAG, comm);
                assertThat(status.getCount(MPI.INT)).isEqualTo(size);
                // The second message is the first for everyone else.
                int[] second = new int[1];
                comm.Recv(second, 0, 1, MPI.INT, 0, 5);
                assertThat(second).containsExactly(2);
                assertThat(comm.Iprobe(0, 5)).isNull();
                int[] in = new int[size];
                Status received =
                        size == 3 ? message.imRecv(in, size, MPI.INT).waitStatus() : message.mRecv(in, size, MPI.INT);
                assertThat(received.getCount(MPI.INT)).isEqualTo(size);
                assertThat(received.getTag()).isEqualTo(5);
                assertThat(in).containsOnly(size == 0 ? new int[0] : new int[] {1});
                assertThat(message.isNull()).isTrue();
                assertThatThrownBy(() -> message.mRecv(in, size, MPI.INT)).isInstanceOf(MPIException.class);
                comm.barrier();
            }
        });
    }

    @Test
    void matched_probes_find_nothing_nobody_and_objects() {
        RankThreads.run(1, Wiring.SHM, comm -> {
            Message message = new Message();
            assertThat(message.imProbe(0, 1, comm)).isNull();
            assertThat(message.isNull()).isTrue();
            assertThat(message.mProbe(MPI.PROC_NULL, 1, comm).getSource()).isEqualTo(MPI.PROC_NULL);
            assertThat(message.isNoProc()).isTrue();
            assertThat(message.mRecv(new int[1], 1, MPI.INT).getSource()).isEqualTo(MPI.PROC_NULL);
            Request send = comm.iSend(new Object[] {"hello"}, 1, MPI.OBJECT, 0, 1);
            assertThat(message.mProbe(0, 1, comm).getTag()).isEqualTo(1);
            Object[] in = new Object[1];
            assertThat(message.mRecv(in, 1, MPI.OBJECT).getCount(MPI.OBJECT)).isEqualTo(1);
            assertThat(in).containsExactly("hello");
            send.waitFor();
        });
    }

    @Test
    void a_status_can_be_filled_by_the_program() {
        Status status = new Status();
        assertThat(status.getError()).isEqualTo(MPI.SUCCESS);
        status.setElements(MPI.DOUBLE2, 6);
        status.setCancelled(true);
        assertThat(status.getElements(MPI.DOUBLE2)).isEqualTo(6);
        assertThat(status.getCount(MPI.DOUBLE2)).isEqualTo(3);
        assertThat(status.isCancelled()).isTrue();
        status.setElementsX(MPI.INT, new Count(7));
        assertThat(status.getElementsX(MPI.INT)).isEqualTo(new Count(7));
        assertThat(new Count(3)).isLessThan(new Count(4));
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
