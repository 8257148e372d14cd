package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Objects;
import mpi.RankThreads.Wiring;
import mpjbuf.Buffer;
import mpjbuf.BufferException;
import mpjbuf.BufferFactory;
import mpjbuf.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attributes, hints, names, packing, and communicators of some ranks (MPI 4.1, 5.2, 7.4, 7.7, 10). */
final class CommPropertiesTest {
    @ParameterizedTest
    @EnumSource
    void attributes_hints_and_handlers_go_with_copies(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int key = Comm.createKeyval();
            assertThat(comm.getAttr(key)).isNull();
            comm.setAttr(key, "value");
            Info hints = new Info();
            hints.set("colour", "blue");
            comm.setInfo(hints);
            comm.setErrhandler(MPI.ERRORS_RETURN);
            Intracomm copy = comm.clone();
            Intracomm other = comm.dupWithInfo(new Info());
            Intracomm later = comm.iDup();
            int[] sum = new int[1];
            comm.allReduce(new int[] {1}, sum, 1, MPI.INT, MPI.SUM);
            later.getRequest().waitFor();
            later.allReduce(new int[] {1}, sum, 1, MPI.INT, MPI.SUM);
            for (Intracomm each : new Intracomm[] {copy, other, later}) {
                assertThat(each.Attr_get(key)).isEqualTo("value");
                assertThat(each.getErrhandler()).isSameAs(MPI.ERRORS_RETURN);
                assertThat(Comm.compare(comm, each)).isEqualTo(MPI.CONGRUENT);
            }
            assertThat(copy.getInfo().get("colour")).isEqualTo("blue");
            assertThat(other.getInfo().size()).isZero();
            comm.deleteAttr(key);
            assertThat(comm.getAttr(key)).isNull();
            copy.Attr_delete(key);
            Comm.freeKeyval(key);
            assertThatThrownBy(() -> comm.getAttr(key))
                    .isInstanceOfSatisfying(
                            MPIException.class,
                            e -> assertThat(e.getErrorClass()).isEqualTo(MPI.ERR_KEYVAL));
            assertThatThrownBy(() -> Comm.freeKeyval(key)).isInstanceOf(MPIException.class);
            assertThat(comm.getAttr(MPI.TAG_UB)).isEqualTo(Integer.MAX_VALUE);
            assertThat(comm.getAttr(MPI.UNIVERSE_SIZE)).isEqualTo(2);
            comm.setName("pair");
            assertThatThrownBy(() -> comm.callErrhandler(MPI.ERR_TAG))
                    .hasMessageContaining("pair")
                    .isInstanceOfSatisfying(
                            MPIException.class,
                            e -> assertThat(e.getErrorClass()).isEqualTo(MPI.ERR_TAG));
        });
    }

    @ParameterizedTest
    @EnumSource
    void communicators_are_made_of_groups(Wiring wiring) {
        RankThreads.run(4, wiring, comm -> {
            Group three = comm.Group().Excl(new int[] {1}).Incl(new int[] {2, 0, 1});
            Intracomm made = comm.Create(three);
            assertThat(made.isNull()).isEqualTo(comm.Rank() == 1);
            if (comm.Rank() == 1) {
                assertThatThrownBy(() -> comm.createGroup(three, 4)).isInstanceOf(MPIException.class);
                return;
            }
            Intracomm ofMembers = comm.createGroup(three, 4);
            for (Intracomm each : new Intracomm[] {made, ofMembers}) {
                assertThat(each.Rank()).isEqualTo(three.Rank());
                assertThat(Objects.requireNonNull(each.group).Size()).isEqualTo(3);
                int[] all = new int[3];
                each.allGather(new int[] {comm.Rank()}, 1, MPI.INT, all, 1, MPI.INT);
                assertThat(all).containsExactly(3, 0, 2);
                each.disconnect();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void ranks_that_share_memory_find_each_other(Wiring wiring) {
        RankThreads.run(4, wiring, comm -> {
            Intracomm shared = comm.splitType(Comm.TYPE_SHARED, -comm.Rank(), MPI.INFO_NULL);
            int expected = wiring == Wiring.MIXED ? 2 : wiring == Wiring.TCP ? shared.Size() : 4;
            assertThat(shared.Size()).isEqualTo(expected);
            assertThat(shared.Rank() == 0).isEqualTo(shared.Size() == 1 || comm.Rank() >= (expected == 4 ? 3 : 2));
            assertThat(comm.splitType(MPI.UNDEFINED, 0, MPI.INFO_NULL).isNull()).isTrue();
        });
    }

    @Test
    void elements_are_packed_and_unpacked() {
        RankThreads.run(1, Wiring.SHM, comm -> {
            Datatype column = Datatype.Vector(2, 1, 3, MPI.INT);
            byte[] packed = new byte[100];
            assertThat(comm.packSize(2, column)).isEqualTo(16);
            assertThat(comm.Pack_size(3, MPI.DOUBLE)).isEqualTo(24);
            int[] matrix = {1, 2, 3, 4, 5, 6};
            int position = comm.Pack(matrix, 1, 1, column, packed, 0);
            assertThat(position).isEqualTo(8);
            position = comm.pack(new double[] {0.5}, 1, MPI.DOUBLE, packed, position);
            position = comm.pack(new Object[] {"text"}, 1, MPI.OBJECT, packed, position);
            byte[] arrived = new byte[100];
            comm.sendRecv(packed, position, MPI.PACKED, 0, 0, arrived, 100, MPI.PACKED, 0, 0);
            int[] ints = new int[2];
            double[] doubles = new double[2];
            Object[] objects = new Object[1];
            int at = comm.unpack(arrived, 0, ints, 2, MPI.INT);
            at = comm.Unpack(arrived, at, doubles, 1, 1, MPI.DOUBLE);
            assertThat(comm.unpack(arrived, at, objects, 1, MPI.OBJECT)).isEqualTo(position);
            assertThat(ints).containsExactly(2, 5);
            assertThat(doubles).containsExactly(0, 0.5);
            assertThat(objects).containsExactly("text");
            assertThatThrownBy(() -> comm.pack(matrix, 6, MPI.INT, packed, 90)).isInstanceOf(MPIException.class);
        });
    }

    @Test
    void elements_are_packed_into_a_buffer_of_MPJ_Express_and_travel_in_it() {
        RankThreads.run(2, Wiring.SHM, comm -> {
            Buffer buffer = new Buffer(BufferFactory.create(500 + MPI.SEND_OVERHEAD), MPI.SEND_OVERHEAD, 500);
            if (comm.Rank() == 0) {
                int position = comm.Pack(new int[] {7, 8}, 1, 1, MPI.INT, buffer, 0);
                position = comm.Pack(new Object[] {"text"}, 0, 1, MPI.OBJECT, buffer, position);
                position = comm.Pack(new double[] {2.5}, 0, 1, MPI.DOUBLE, buffer, position);
                assertThat(buffer.getSize()).isEqualTo(position);
                comm.Send(buffer, 0, position, MPI.PACKED, 1, 99);
            } else {
                Status status = comm.Recv(buffer, 0, buffer.getCapacity(), MPI.PACKED, 0, 99);
                int[] ints = new int[2];
                Object[] objects = new Object[1];
                double[] doubles = new double[1];
                int position = comm.Unpack(buffer, 0, ints, 1, 1, MPI.INT);
                position = comm.Unpack(buffer, position, objects, 0, 1, MPI.OBJECT);
                assertThat(comm.Unpack(buffer, position, doubles, 0, 1, MPI.DOUBLE))
                        .isEqualTo(status.Get_count(MPI.PACKED));
                assertThat(ints).containsExactly(0, 8);
                assertThat(objects).containsExactly("text");
                assertThat(doubles).containsExactly(2.5);
            }
            assertThatThrownBy(() -> comm.Pack(new int[200], 0, 200, MPI.INT, buffer, 0))
                    .isInstanceOf(MPIException.class);
            buffer.free();
            assertThatThrownBy(() -> comm.Pack(new int[1], 0, 1, MPI.INT, buffer, 0))
                    .isInstanceOf(MPIException.class);
            assertThatThrownBy(() -> comm.Unpack(buffer, 0, new int[1], 0, 1, MPI.INT))
                    .isInstanceOf(MPIException.class);
        });
    }

    @Test
    void sections_of_a_buffer_travel_as_packed_bytes() {
        RankThreads.run(2, Wiring.TCP, comm -> {
            try {
                Buffer buffer = new Buffer(64);
                if (comm.Rank() == 0) {
                    buffer.putSectionHeader(Type.LONG);
                    buffer.write(new long[] {1, 2, 3}, 0, 3);
                    comm.Send(buffer, 0, buffer.getSize(), MPI.PACKED, 1, 0);
                } else {
                    Status status = comm.Recv(buffer, 0, 64, MPI.PACKED, 0, 0);
                    buffer.setSize(status.Get_count(MPI.PACKED));
                    buffer.commit();
                    assertThat(buffer.getSectionHeader()).isEqualTo(Type.LONG);
                    long[] values = new long[3];
                    buffer.read(values, 0, 3);
                    assertThat(values).containsExactly(1, 2, 3);
                }
            } catch (BufferException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void hints_are_kept_in_order() {
        Info info = new Info();
        info.set("b", "1");
        info.set("a", "2");
        info.set("b", "3");
        assertThat(info.size()).isEqualTo(2);
        assertThat(info.getKey(0)).isEqualTo("b");
        assertThat(info.get("b")).isEqualTo("3");
        assertThat(info.get("c")).isNull();
        Info copy = info.clone();
        info.delete("b");
        assertThat(copy.get("b")).isEqualTo("3");
        assertThatThrownBy(() -> info.delete("b"))
                .isInstanceOfSatisfying(
                        MPIException.class, e -> assertThat(e.getErrorClass()).isEqualTo(MPI.ERR_INFO_NOKEY));
        assertThatThrownBy(() -> info.getKey(1)).isInstanceOf(MPIException.class);
        assertThatThrownBy(() -> info.set("", "x")).isInstanceOf(MPIException.class);
        info.free();
        assertThat(info.isNull()).isTrue();
        assertThat(MPI.INFO_NULL.isNull()).isTrue();
        assertThat(MPI.INFO_ENV.get("thread_level")).isEqualTo("MPI_THREAD_MULTIPLE");
    }

    @Test
    void a_null_communicator_is_refused() {
        assertThat(MPI.COMM_NULL.isNull()).isTrue();
        assertThatThrownBy(() -> MPI.COMM_NULL.Rank())
                .isInstanceOfSatisfying(
                        MPIException.class, e -> assertThat(e.getErrorClass()).isEqualTo(MPI.ERR_COMM));
        int[] local = {5, 6};
        Comm.reduceLocal(new int[] {1, 2}, local, 2, MPI.INT, MPI.SUM);
        assertThat(local).containsExactly(6, 8);
        assertThat(Arrays.asList(MPI.ERR_WIN, MPI.ERR_IO)).containsExactly(53, 35);
    }
}
