package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pointer that ranks share (MPI 4.1, section 14.4.4). */
@Timeout(120)
final class FilePointerTest {
    private static final int ROUNDS = 20;
    private static final int COUNT = 7;

    @TempDir
    Path folder;

    private File file(Intracomm comm, int mode) {
        return new File(comm, folder.resolve("shared").toString(), mode);
    }

    @ParameterizedTest
    @EnumSource(Wiring.class)
    void shared_accesses_get_places_of_their_own(Wiring wiring) {
        RankThreads.run(4, wiring, comm -> {
            File file = file(comm, MPI.MODE_RDWR | MPI.MODE_CREATE);
            file.setView(4, MPI.INT, MPI.INT, "native");
            int[] mine = new int[COUNT];
            for (int round = 0; round < ROUNDS; round++) {
                Arrays.fill(mine, ROUNDS * comm.Rank() + round);
                if (round % 2 == 0) {
                    assertThat(file.writeShared(mine, COUNT, MPI.INT).getCount(MPI.INT))
                            .isEqualTo(COUNT);
                } else {
                    file.iWriteShared(mine, COUNT, MPI.INT).waitFor();
                }
            }
            comm.barrier();
            int blocks = 4 * ROUNDS;
            assertThat(file.getPositionShared()).isEqualTo((long) blocks * COUNT);
            assertThat(file.getSize()).isEqualTo(4 + 4L * blocks * COUNT);
            int[] all = new int[blocks * COUNT];
            file.readAt(0, all, all.length, MPI.INT);
            List<Integer> firsts =
                    IntStream.range(0, blocks).mapToObj(i -> all[i * COUNT]).toList();
            assertThat(firsts)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, blocks).boxed().toList());
            for (int i = 0; i < all.length; i++) {
                assertThat(all[i]).isEqualTo(all[i / COUNT * COUNT]);
            }
            file.seekShared(0, MPI.SEEK_SET);
            int[] sums = new int[1];
            for (int round = 0; round < ROUNDS; round++) {
                Status status = round % 2 == 0
                        ? file.readShared(mine, COUNT, MPI.INT)
                        : file.iReadShared(mine, COUNT, MPI.INT).waitStatus();
                assertThat(status.getCount(MPI.INT)).isEqualTo(COUNT);
                sums[0] += mine[COUNT - 1];
            }
            comm.allReduce(sums, 1, MPI.INT, MPI.SUM);
            assertThat(sums[0]).isEqualTo(blocks * (blocks - 1) / 2);
            file.close();
        });
    }

    @ParameterizedTest
    @EnumSource(Wiring.class)
    void ordered_accesses_are_in_the_order_of_the_ranks(Wiring wiring) {
        RankThreads.run(4, wiring, comm -> {
            File file = file(comm, MPI.MODE_RDWR | MPI.MODE_CREATE);
            file.setView(0, MPI.INT, MPI.INT, "native");
            int me = comm.Rank();
            int[] mine = new int[me + 1];
            for (int round = 0; round < 6; round++) {
                Arrays.fill(mine, 10 * round + me);
                if (round % 2 == 0) {
                    file.writeOrdered(mine, me + 1, MPI.INT);
                } else {
                    file.writeOrderedBegin(mine, me + 1, MPI.INT);
                    file.writeOrderedEnd(mine);
                }
            }
            comm.barrier();
            assertThat(file.getPositionShared()).isEqualTo(60);
            int[] all = new int[60];
            file.readAt(0, all, 60, MPI.INT);
            int[] expected = IntStream.range(0, 6)
                    .flatMap(round -> IntStream.range(0, 4)
                            .flatMap(rank -> IntStream.range(0, rank + 1).map(_ -> 10 * round + rank)))
                    .toArray();
            assertThat(all).containsExactly(expected);
            comm.barrier();
            file.seekShared(-20, MPI.SEEK_CUR);
            file.readOrdered(mine, me + 1, MPI.INT);
            assertThat(mine).containsOnly(40 + me);
            file.readOrderedBegin(mine, me + 1, MPI.INT);
            assertThat(file.readOrderedEnd(mine).getCount(MPI.INT)).isEqualTo(me + 1);
            assertThat(mine).containsOnly(50 + me);
            file.seekShared(-2, MPI.SEEK_END);
            Status cut = file.readOrdered(mine, me + 1, MPI.INT);
            assertThat(cut.getCount(MPI.INT)).isEqualTo(me < 2 ? 1 : 0);
            file.setView(4, MPI.INT, MPI.INT, "native");
            assertThat(file.getPositionShared()).isZero();
            file.close();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM", "TCP"})
    void sequential_files_have_only_the_shared_pointer(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            File file = file(comm, MPI.MODE_WRONLY | MPI.MODE_CREATE | MPI.MODE_SEQUENTIAL);
            byte[] head = {1, 2, 3};
            file.writeOrdered(head, 3, MPI.BYTE);
            assertThatExceptionOfType(MPIException.class)
                    .isThrownBy(() -> file.writeAt(0, head, 3, MPI.BYTE))
                    .satisfies(e -> assertThat(e.getErrorClass()).isEqualTo(MPI.ERR_UNSUPPORTED_OPERATION));
            assertThatExceptionOfType(MPIException.class).isThrownBy(() -> file.seekShared(0, MPI.SEEK_SET));
            assertThatExceptionOfType(MPIException.class).isThrownBy(() -> file.setView(0, MPI.INT, MPI.INT, "native"));
            file.setView(MPI.DISPLACEMENT_CURRENT, MPI.INT, MPI.INT, "external32");
            file.writeOrdered(new int[] {comm.Rank()}, 1, MPI.INT);
            file.close();
            File reads = file(comm, MPI.MODE_RDONLY);
            assertThat(reads.getSize()).isEqualTo(14);
            byte[] all = new byte[14];
            reads.readAll(all, 14, MPI.BYTE);
            assertThat(all).containsExactly(1, 2, 3, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1);
            reads.close();
        });
    }
}
