package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects travel as they are in messages of any size. */
final class ObjectTest {
    @SuppressWarnings("ArrayRecordComponent") // compared by parts
    private record Particle(String name, double[] position) implements Serializable {}

    private record Pair(List<String> left, List<String> right) implements Serializable {}

    @ParameterizedTest
    @EnumSource
    void objects_arrive_as_they_were_sent(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            // From one that fits into one frame to one that needs many.
            for (int length : new int[] {1, 1_000, 100_000}) {
                Object[] data = new Object[5];
                if (comm.Rank() == 0) {
                    data[1] = new Particle(
                            "p" + length,
                            IntStream.range(0, length).asDoubleStream().toArray());
                    data[2] = BigInteger.TWO.pow(length);
                    data[3] = null;
                    comm.Send(data, 1, 3, MPI.OBJECT, 1, 0);
                    comm.Isend(data, 2, 1, MPI.OBJECT, 1, 1).Wait();
                } else {
                    Request second = comm.Irecv(data, 0, 1, MPI.OBJECT, 0, 1);
                    Status status = comm.Recv(data, 1, 4, MPI.OBJECT, 0, 0);
                    assertThat(status.Get_count(MPI.OBJECT)).isEqualTo(3);
                    Particle particle = (Particle) data[1];
                    assertThat(particle.name()).isEqualTo("p" + length);
                    assertThat(particle.position()).hasSize(length);
                    assertThat(particle.position()[length - 1]).isEqualTo(length - 1);
                    assertThat(data[3]).isNull();
                    assertThat(second.Wait().getCount(MPI.OBJECT)).isEqualTo(1);
                    assertThat(data[0]).isEqualTo(data[2]).isEqualTo(BigInteger.TWO.pow(length));
                }
            }
        });
    }

    @Test
    void what_objects_share_stays_shared_and_ranks_swap_them() {
        RankThreads.run(2, Wiring.SHM, comm -> {
            List<String> list = new ArrayList<>(List.of("rank " + comm.Rank()));
            Object[] data = {new Pair(list, list)};
            int other = 1 - comm.Rank();
            comm.Sendrecv_replace(data, 0, 1, MPI.OBJECT, other, 0, other, 0);
            Pair got = (Pair) data[0];
            assertThat(got.left()).containsExactly("rank " + other).isSameAs(got.right());
        });
    }

    private static String[] parts(int rank, int ranks) {
        String[] parts = new String[ranks];
        Arrays.setAll(parts, to -> "from " + rank + " to " + to + ", " + "x".repeat(5_000 * rank + to));
        return parts;
    }

    @ParameterizedTest
    @EnumSource
    void collective_operations_take_objects_of_different_sizes(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            int me = comm.Rank();
            String[] mine = parts(me, 3);
            String[] toMe = {parts(0, 3)[me], parts(1, 3)[me], parts(2, 3)[me]};
            String[] ofOne = parts(1, 3);

            Object[] news = me == 1 ? mine.clone() : new Object[3];
            comm.Bcast(news, 0, 3, MPI.OBJECT, 1);
            assertThat(news).isEqualTo(ofOne);

            Object[] exchanged = new Object[3];
            comm.Alltoall(mine, 0, 1, MPI.OBJECT, exchanged, 0, 1, MPI.OBJECT);
            assertThat(exchanged).isEqualTo(toMe);

            Object[] all = new Object[3];
            comm.Allgather(mine, 0, 1, MPI.OBJECT, all, 0, 1, MPI.OBJECT);
            assertThat(all).containsExactly(parts(0, 3)[0], parts(1, 3)[0], parts(2, 3)[0]);

            Object[] gathered = new Object[4];
            comm.Gatherv(mine, 1, 1, MPI.OBJECT, gathered, 1, new int[] {1, 1, 1}, new int[] {2, 1, 0}, MPI.OBJECT, 2);
            if (me == 2) {
                assertThat(gathered).containsExactly(null, mine[1], ofOne[1], parts(0, 3)[1]);
            }
            Object[] scattered = new Object[1];
            comm.Scatter(me == 1 ? ofOne : null, 0, 1, MPI.OBJECT, scattered, 0, 1, MPI.OBJECT, 1);
            assertThat(scattered).containsExactly(ofOne[me]);

            // In place: what is where it belongs is left there.
            Object[] own = new Object[3];
            own[me] = mine[0];
            comm.allGather(own, 1, MPI.OBJECT);
            assertThat(own).isEqualTo(all);
            assertThat(own[me]).isSameAs(mine[0]);
            Object[] atRoot = {me == 0 ? mine[0] : mine[1], null, null};
            comm.gather(atRoot, 1, MPI.OBJECT, 0);
            if (me == 0) {
                assertThat(atRoot).containsExactly(mine[0], ofOne[1], parts(2, 3)[1]);
            }
        });
    }

    @Test
    void what_cannot_be_sent_or_received_is_told() {
        RankThreads.run(1, Wiring.SHM, comm -> {
            Object[] unserializable = {new Object()};
            assertThatThrownBy(() -> comm.Send(unserializable, 0, 1, MPI.OBJECT, 0, 0))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("java.lang.Object");
            assertThatThrownBy(() -> comm.Send(new int[1], 0, 1, MPI.OBJECT, 0, 0))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("MPI_ERR_BUFFER");
            comm.Send(new String[] {"a", "b"}, 0, 2, MPI.OBJECT, 0, 0);
            assertThatThrownBy(() -> comm.Recv(new Object[1], 0, 1, MPI.OBJECT, 0, 0))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("MPI_ERR_TRUNCATE");
            comm.Send(new int[100], 0, 100, MPI.INT, 0, 0);
            assertThatThrownBy(() -> comm.Recv(new Object[1], 0, 1, MPI.OBJECT, 0, 0))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("MPI_ERR_TYPE");
            assertThatThrownBy(() -> comm.Allreduce(new Object[1], 0, new Object[1], 0, 1, MPI.OBJECT, MPI.SUM))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("not defined on objects");
        });
    }

    @ParameterizedTest
    @EnumSource
    void objects_are_reduced_by_operations_of_the_program_in_rank_order(Wiring wiring) {
        Op join = new Op(
                new User_function() {
                    @Override
                    public void Call(Object in, int inAt, Object inOut, int outAt, int count, Datatype type) {
                        for (int i = 0; i < count; i++) {
                            ((Object[]) inOut)[outAt + i] =
                                    "" + ((Object[]) in)[inAt + i] + ((Object[]) inOut)[outAt + i];
                        }
                    }
                },
                false);
        RankThreads.run(3, wiring, comm -> {
            int me = comm.Rank();
            Object[] out = {"x", "" + me, "abc".substring(me, me + 1)};
            Object[] in = new Object[3];
            comm.Allreduce(out, 1, in, 1, 2, MPI.OBJECT, join);
            assertThat(in).containsExactly(null, "012", "abc");
            Object[] atRoot = new Object[1];
            comm.Reduce(out, 2, atRoot, 0, 1, MPI.OBJECT, join, 1);
            assertThat(atRoot[0]).isEqualTo(me == 1 ? "abc" : null);
            comm.Scan(out, 1, in, 0, 1, MPI.OBJECT, join);
            assertThat(in[0]).isEqualTo("012".substring(0, me + 1));
            Object[] before = {"none"};
            comm.exScan(new Object[] {me}, before, 1, MPI.OBJECT, join);
            assertThat(before[0]).isEqualTo(me == 0 ? "none" : me == 1 ? 0 : "01");
            Object[] own = new Object[1];
            comm.reduceScatterBlock(out, own, 1, MPI.OBJECT, join);
            assertThat(own[0]).isEqualTo(new Object[] {"xxx", "012", "abc"}[me]);
            comm.iAllReduce(out, 3, MPI.OBJECT, join).waitFor();
            assertThat(out).containsExactly("xxx", "012", "abc");
        });
    }
}
