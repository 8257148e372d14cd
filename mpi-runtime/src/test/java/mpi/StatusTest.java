package mpi;

import static org.assertj.core.api.Assertions.assertThat;

import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a status counts (MPI 4.1, 3.2.5 and 5.1.11). */
final class StatusTest {
    /** A double, three ints and a byte. */
    private static final Datatype MIXED = Datatype.createStruct(
            new int[] {1, 3, 1}, new int[] {0, 8, 20}, new Datatype[] {MPI.DOUBLE, MPI.INT, MPI.BYTE});

    private static final int[] WIDTHS = {8, 4, 4, 4, 1};

    @ParameterizedTest
    @EnumSource
    void elements_and_primitives_of_derived_types_are_counted(Wiring wiring) {
        Datatype pair = Datatype.createContiguous(2, MPI.INT);
        Datatype column = Datatype.createVector(3, 1, 4, pair);
        RankThreads.run(2, wiring, comm -> {
            for (int ints = 0; ints <= 13; ints++) {
                if (comm.getRank() == 0) {
                    comm.send(new int[ints], ints, MPI.INT, 1, 3);
                    continue;
                }
                Status status = comm.recv(new int[100], 3, column, 0, 3);
                assertThat(status.getElements(column)).isEqualTo(ints);
                assertThat(status.getElements(MPI.INT)).isEqualTo(ints);
                assertThat(status.getCount(pair)).isEqualTo(ints % 2 == 0 ? ints / 2 : MPI.UNDEFINED);
                assertThat(status.getCount(column)).isEqualTo(ints % 6 == 0 ? ints / 6 : MPI.UNDEFINED);
                assertThat(status.count).isEqualTo(status.getCount(column));
                assertThat(status.numEls).isEqualTo(ints);
                assertThat(status.countInBytes).isEqualTo(4 * ints);
            }
        });
    }

    @Test
    void primitives_of_different_widths_are_counted_one_by_one() {
        Status status = new Status();
        long bytes = 0;
        for (int values = 0; values < 17; values++) {
            status.setElements(MIXED, values);
            assertThat(status.getElements(MIXED)).isEqualTo(values);
            assertThat(status.countInBytes).isEqualTo((int) bytes);
            assertThat(status.getCount(MIXED)).isEqualTo(values % 5 == 0 ? values / 5 : MPI.UNDEFINED);
            assertThat(Status.ofBytes(bytes + WIDTHS[values % 5] - 1, MIXED).getElements(MIXED))
                    .as("an incomplete value is none")
                    .isEqualTo(values);
            bytes += WIDTHS[values % 5];
        }
        status.setElements(MPI.DOUBLE_INT, 3);
        assertThat(status.getElements(MPI.DOUBLE_INT)).isEqualTo(3);
        assertThat(status.getCount(MPI.DOUBLE_INT)).isEqualTo(MPI.UNDEFINED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 31, 3L << 30, 3L << 32, (1L << 34) - 8})
    void messages_above_2_GiB_are_counted(long bytes) {
        Status status = Status.ofBytes(bytes, MPI.DOUBLE);
        assertThat(status.getCount(MPI.DOUBLE)).isEqualTo((int) (bytes / 8));
        assertThat(status.count).isEqualTo((int) (bytes / 8));
        assertThat(status.countInBytes).isEqualTo(Integer.MAX_VALUE);
        assertThat(status.getCount(MPI.BYTE)).isEqualTo(MPI.UNDEFINED);
        assertThat(status.getElements(MPI.BYTE)).isEqualTo(MPI.UNDEFINED);
        assertThat(status.getElementsX(MPI.BYTE)).isEqualTo(new Count(bytes));
        status.setElementsX(MPI.BYTE, new Count(bytes + 1));
        assertThat(status.getElementsX(MPI.BYTE).getCount()).isEqualTo(bytes + 1);
        assertThat(status.getCount(MPI.DOUBLE)).isEqualTo(MPI.UNDEFINED);
    }

    @Test
    void a_type_without_bytes_is_received_no_times() {
        Datatype nothing = Datatype.createContiguous(0, MPI.INT);
        assertThat(new Status().getCount(nothing)).isZero();
        assertThat(Status.ofBytes(4, MPI.INT).getCount(nothing)).isEqualTo(MPI.UNDEFINED);
    }
}
