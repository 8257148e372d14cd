package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
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
            assertThatThrownBy(() -> comm.Bcast(new Object[1], 0, 1, MPI.OBJECT, 0))
                    .isInstanceOf(MPIException.class)
                    .hasMessageContaining("MPI.OBJECT");
        });
    }
}
