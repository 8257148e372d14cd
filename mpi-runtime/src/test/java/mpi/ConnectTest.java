package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.mpi.dynamic.Ports;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups of different jobs, and of one, meet at a port (MPI 4.1, section 11.9). */
@Timeout(120)
final class ConnectTest {
    private static final String LOOPBACK = "127.0.0.1";

    /** What a rank of either job does with the communicator to the other one. */
    private interface Program {
        void run(Intracomm world, Intercomm inter, boolean accepts);
    }

    /** Two jobs that have connected; the last rank of the first opens the port. */
    private static void run(int accepting, int connecting, Wiring wiring, Program program) {
        CompletableFuture<String> port = new CompletableFuture<>();
        CompletableFuture<Void> first = async(() -> RankThreads.run("first", accepting, wiring, world -> {
            int root = accepting - 1;
            if (world.Rank() == root) {
                port.complete(Ports.open(LOOPBACK));
            }
            String name = world.Rank() == root ? port.get(30, TimeUnit.SECONDS) : "";
            program.run(world, world.accept(name, root), true);
            if (world.Rank() == root) {
                Intracomm.closePort(name);
            }
        }));
        CompletableFuture<Void> second = async(() -> RankThreads.run("second", connecting, wiring, world -> {
            String name = world.Rank() == 0 ? port.get(30, TimeUnit.SECONDS) : "";
            program.run(world, world.connect(name, 0), false);
        }));
        first.join();
        second.join();
    }

    /** In a thread of its own: there may be fewer in the common pool than jobs. */
    private static CompletableFuture<Void> async(Runnable job) {
        return CompletableFuture.runAsync(
                job, task -> Thread.ofPlatform().daemon().start(task));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, SHM", "2, 3, SHM", "3, 2, TCP", "4, 3, MIXED", "3, 3, MACHINE"})
    void two_jobs_send_messages_to_each_other(int accepting, int connecting, Wiring wiring) {
        run(accepting, connecting, wiring, (world, inter, accepts) -> {
            int theirs = accepts ? connecting : accepting;
            assertThat(inter.getRemoteSize()).isEqualTo(theirs);
            assertThat(inter.getRank()).isEqualTo(world.Rank());
            for (int count : new int[] {1, 100, 200_000}) {
                for (int peer = 0; peer < theirs; peer++) {
                    int[] out = new int[count];
                    out[count - 1] = world.Rank() + (accepts ? 100 : 0);
                    int[] in = new int[count];
                    Request sent = inter.iSend(out, count, MPI.INT, peer, 3);
                    Status status = inter.recv(in, count, MPI.INT, peer, MPI.ANY_TAG);
                    sent.waitFor();
                    assertThat(status.getSource()).isEqualTo(peer);
                    assertThat(in[count - 1]).isEqualTo(peer + (accepts ? 0 : 100));
                }
            }
            inter.disconnect();
            assertThat(inter.isNull()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 1, SHM", "2, 3, SHM", "3, 2, TCP", "4, 3, MIXED", "3, 3, MACHINE"})
    void two_jobs_take_part_in_collective_operations(int accepting, int connecting, Wiring wiring) {
        run(accepting, connecting, wiring, (world, inter, accepts) -> {
            int theirs = accepts ? connecting : accepting;
            int[] sum = new int[1];
            inter.allReduce(new int[] {world.Rank() + 1}, sum, 1, MPI.INT, MPI.SUM);
            assertThat(sum[0]).isEqualTo(theirs * (theirs + 1) / 2);
            int[] word = {accepts && world.Rank() == 0 ? 77 : 0};
            inter.bcast(word, 1, MPI.INT, accepts ? (world.Rank() == 0 ? MPI.ROOT : MPI.PROC_NULL) : 0);
            assertThat(word[0]).isEqualTo(!accepts || world.Rank() == 0 ? 77 : 0);
            int[] all = new int[theirs];
            inter.allGather(new int[] {world.Rank()}, 1, MPI.INT, all, 1, MPI.INT);
            assertThat(all).isEqualTo(IntStream.range(0, theirs).toArray());
            inter.barrier();
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 1, SHM", "2, 3, SHM", "3, 2, TCP", "4, 3, MIXED"})
    void two_jobs_become_one_group(int accepting, int connecting, Wiring wiring) {
        run(accepting, connecting, wiring, (world, inter, accepts) -> {
            int size = accepting + connecting;
            Intracomm both = inter.merge(!accepts);
            assertThat(both.Rank()).isEqualTo(world.Rank() + (accepts ? 0 : accepting));
            for (int count : new int[] {1, 1000, 100_000}) {
                long[] sum = new long[count];
                Arrays.fill(sum, both.Rank());
                both.allReduce(sum, count, MPI.LONG, MPI.SUM);
                assertThat(sum[count - 1]).isEqualTo((long) size * (size - 1) / 2);
            }
            Intracomm undecided = inter.merge(true);
            int[] ranks = new int[size];
            undecided.allGather(new int[] {both.Rank()}, 1, MPI.INT, ranks, 1, MPI.INT);
            assertThat(ranks).containsExactlyInAnyOrder(IntStream.range(0, size).toArray());
            Intracomm halves = both.split(both.Rank() % 2, 0);
            halves.barrier();
            Intracomm together = both.splitType(Comm.TYPE_SHARED, 0, MPI.INFO_NULL);
            assertThat(together.Size()).isLessThanOrEqualTo(accepts ? accepting : connecting);
            Intercomm again = world.createIntercomm(both, 0, accepts ? accepting : 0, 9);
            again.barrier();
            Intercomm copy = inter.dup();
            copy.disconnect();
            inter.disconnect();
        });
    }

    @ParameterizedTest
    @EnumSource
    void groups_of_one_job_meet(Wiring wiring) {
        RankThreads.run(5, wiring, comm -> {
            boolean accepts = comm.Rank() < 2;
            Intracomm half = comm.split(accepts ? 0 : 1, 0);
            byte[] name = new byte[100];
            if (comm.Rank() == 0) {
                byte[] text = Ports.open(LOOPBACK).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(text, 0, name, 0, text.length);
            }
            comm.bcast(name, name.length, MPI.BYTE, 0);
            String port = new String(name, StandardCharsets.US_ASCII).trim();
            Intercomm inter = accepts ? half.accept(port, 0) : half.connect(port, 1);
            int[] sum = new int[1];
            inter.allReduce(new int[] {1}, sum, 1, MPI.INT, MPI.SUM);
            assertThat(sum[0]).isEqualTo(accepts ? 3 : 2);
            assertThat(Comm.compare(inter.merge(!accepts), comm)).isEqualTo(MPI.CONGRUENT);
            inter.disconnect();
            if (comm.Rank() == 0) {
                Intracomm.closePort(port);
            }
        });
    }

    @Test
    void a_job_that_has_disconnected_outlives_the_other() {
        run(2, 2, Wiring.SHM, (world, inter, accepts) -> {
            inter.disconnect();
            if (accepts) {
                // Longer than a broken connection takes to count as a loss.
                for (int round = 0; round < 20; round++) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                    world.barrier();
                }
            }
        });
    }

    @Test
    void what_is_no_open_port_is_refused_at_all_ranks() {
        RankThreads.run(2, Wiring.SHM, comm -> {
            for (String name : new String[] {"nowhere", "muster:127.0.0.1:1:00112233445566778899aabbccddeeff"}) {
                assertThatThrownBy(() -> comm.connect(name, 0))
                        .isInstanceOfSatisfying(
                                MPIException.class,
                                e -> assertThat(e.getErrorClass()).isEqualTo(MPI.ERR_PORT));
                assertThatThrownBy(() -> comm.accept(name, 1)).isInstanceOf(MPIException.class);
            }
            assertThatThrownBy(() -> Intracomm.closePort("nowhere")).isInstanceOf(MPIException.class);
        });
    }
}
