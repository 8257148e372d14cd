package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Collectives that meet in shared memory, many in a row, with ranks that come early and late. */
@Timeout(120)
final class MeetingTest {
    private static final int ROUNDS = 1_500;

    /** Comes late now and then, in a different order each time. */
    private static void dawdle(Random random) {
        if (random.nextInt(50) == 0) {
            LockSupport.parkNanos(random.nextInt(200_000));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, SHM", "2, SHM", "3, SHM", "5, SHM", "8, SHM", "4, MACHINE", "3, MIXED"})
    void nobody_leaves_a_barrier_before_all_have_come(int ranks, Wiring wiring) {
        AtomicInteger arrivals = new AtomicInteger();
        RankThreads.run(ranks, wiring, comm -> {
            Random random = new Random(comm.Rank());
            for (int round = 1; round <= ROUNDS; round++) {
                dawdle(random);
                arrivals.incrementAndGet();
                comm.barrier();
                assertThat(arrivals.get()).isGreaterThanOrEqualTo(round * ranks);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"1, SHM", "2, SHM", "3, SHM", "5, SHM", "8, SHM", "4, MACHINE", "3, MIXED"})
    void sums_of_all_lengths_follow_each_other(int ranks, Wiring wiring) {
        int[] lengths = {1, 2, 255, 256, 257, 300, 0};
        RankThreads.run(ranks, wiring, comm -> {
            Random random = new Random(comm.Rank());
            for (int round = 0; round < ROUNDS; round++) {
                dawdle(random);
                int length = lengths[round % lengths.length];
                long[] mine = new long[length + 1];
                for (int i = 0; i < length; i++) {
                    mine[i + 1] = (long) round * i + comm.Rank();
                }
                long[] sum = new long[length];
                comm.Allreduce(mine, 1, sum, 0, length, MPI.LONG, MPI.SUM);
                for (int i = 0; i < length; i++) {
                    assertThat(sum[i]).isEqualTo((long) ranks * round * i + ranks * (ranks - 1) / 2);
                }
                if (round % 7 == 0) {
                    comm.barrier();
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"1, SHM", "2, SHM", "3, SHM", "5, SHM", "8, SHM", "4, MACHINE", "3, MIXED"})
    void parts_of_all_lengths_follow_each_other(int ranks, Wiring wiring) {
        int limit = 2048;
        int[] lengths = {1, 8, limit / ranks, limit / ranks + 1, limit, limit + 1, 0};
        RankThreads.run(ranks, wiring, comm -> {
            int me = comm.Rank();
            Random random = new Random(me);
            for (int round = 0; round < ROUNDS / 5; round++) {
                dawdle(random);
                int length = lengths[round % lengths.length];
                byte[] out = new byte[ranks * length];
                for (int i = 0; i < out.length; i++) {
                    out[i] = (byte) (31 * me + round + i);
                }
                byte[] exchanged = new byte[ranks * length];
                comm.Alltoall(out, 0, length, MPI.BYTE, exchanged, 0, length, MPI.BYTE);
                byte[] gathered = new byte[ranks * length];
                comm.Allgather(out, 0, length, MPI.BYTE, gathered, 0, length, MPI.BYTE);
                for (int i = 0; i < ranks * length; i++) {
                    int rank = i / length;
                    int at = i % length;
                    assertThat(exchanged[i]).isEqualTo((byte) (31 * rank + round + me * length + at));
                    assertThat(gathered[i]).isEqualTo((byte) (31 * rank + round + at));
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void messages_and_meetings_go_on_side_by_side(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            int next = (comm.Rank() + 1) % 3;
            int previous = (comm.Rank() + 2) % 3;
            for (int round = 0; round < 500; round++) {
                byte[] came = new byte[40_000];
                Request receive = comm.Irecv(came, 0, came.length, MPI.BYTE, previous, 0);
                Request send = comm.Isend(new byte[40_000], 0, 40_000, MPI.BYTE, next, 0);
                int[] greatest = new int[1];
                comm.allReduce(new int[] {round + comm.Rank()}, greatest, 1, MPI.INT, MPI.MAX);
                assertThat(greatest).containsExactly(round + 2);
                receive.waitFor();
                send.waitFor();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM", "MACHINE"})
    void counts_that_do_not_fit_are_told(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int count = 1 + comm.Rank();
            assertThatThrownBy(() -> comm.allReduce(new int[2], new int[2], count, MPI.INT, MPI.SUM))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("counts and types must fit");
        });
    }
}
