package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import mpi.RankThreads.Wiring;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing to send, nobody to send to, buffers that are too small (MPI 4.1, 3.2, 3.10 and 6). */
final class EdgeCasesTest {
    private static final int[] NONE = {0, 0, 0};

    /** Displacements that lie in no buffer. */
    private static final int[] NOWHERE = {0, 99, -7};

    /** A collective operation without elements, in one of the dialects. */
    private interface Collective {
        void run(Intracomm comm, Object buffer, Datatype type);
    }

    private static final List<Collective> WITHOUT_ELEMENTS = List.of(
            (comm, buf, type) -> comm.bcast(buf, 0, type, 1),
            (comm, buf, type) -> comm.gather(buf, 0, type, buf, 0, type, 1),
            (comm, buf, type) -> comm.Gather(buf, 5, 0, type, buf, 9, 0, type, 1),
            (comm, buf, type) -> comm.scatter(buf, 0, type, buf, 0, type, 1),
            (comm, buf, type) -> comm.Scatter(buf, 5, 0, type, buf, 9, 0, type, 1),
            (comm, buf, type) -> comm.allGather(buf, 0, type, buf, 0, type),
            (comm, buf, type) -> comm.allToAll(buf, 0, type, buf, 0, type),
            (comm, buf, type) -> comm.gatherv(buf, 0, type, buf, NONE, NOWHERE, type, 1),
            (comm, buf, type) -> comm.Gatherv(buf, 5, 0, type, buf, 9, NONE, NOWHERE, type, 1),
            (comm, buf, type) -> comm.scatterv(buf, NONE, NOWHERE, type, buf, 0, type, 1),
            (comm, buf, type) -> comm.Scatterv(buf, 5, NONE, NOWHERE, type, buf, 9, 0, type, 1),
            (comm, buf, type) -> comm.allGatherv(buf, 0, type, buf, NONE, NOWHERE, type),
            (comm, buf, type) -> comm.Alltoallv(buf, 5, NONE, NOWHERE, type, buf, 9, NONE, NOWHERE, type),
            (comm, buf, type) -> comm.iAllToAllv(buf, NONE, NOWHERE, type, buf, NONE, NOWHERE, type)
                    .waitFor(),
            (comm, buf, type) ->
                    comm.iAllGatherv(buf, 0, type, buf, NONE, NOWHERE, type).waitFor());

    private static final List<Collective> REDUCTIONS = List.of(
            (comm, buf, type) -> comm.reduce(buf, buf, 0, type, MPI.SUM, 1),
            (comm, buf, type) -> comm.Allreduce(buf, 5, buf, 9, 0, type, MPI.SUM),
            (comm, buf, type) -> comm.Reduce_scatter(buf, 5, buf, 9, NONE, type, MPI.SUM),
            (comm, buf, type) -> comm.scan(buf, buf, 0, type, MPI.SUM),
            (comm, buf, type) -> comm.exScan(buf, buf, 0, type, MPI.SUM),
            (comm, buf, type) -> comm.iAllReduce(buf, buf, 0, type, MPI.SUM).waitFor());

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("NullAway") // a buffer without elements may be null
    void operations_without_elements_need_no_buffer_and_no_place(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            for (Datatype type : TypedArrays.TYPES) {
                Datatype column = Datatype.createVector(2, 1, 3, type);
                Object array = TypedArrays.filled(type, 4, 1);
                for (Collective each : WITHOUT_ELEMENTS) {
                    each.run(comm, null, type);
                    each.run(comm, array, type);
                    each.run(comm, array, column);
                }
                for (Collective each : REDUCTIONS) {
                    if (!type.equals(MPI.BOOLEAN)) {
                        each.run(comm, null, type);
                        each.run(comm, array, type);
                    }
                }
                assertThat(array).isEqualTo(TypedArrays.filled(type, 4, 1));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("NullAway") // what only counts at the root may be null elsewhere
    void only_the_root_says_how_parts_lie(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            boolean root = comm.getRank() == 1;
            int[] counts = root ? new int[] {1, 0, 2} : null;
            int[] places = root ? new int[] {4, 77, 0} : null;
            Datatype type = root ? MPI.INT : null;
            int[] all = root ? new int[5] : null;
            int mine = comm.getRank() == 0 ? 1 : comm.getRank();
            int count = root ? 0 : mine;
            comm.gatherv(new int[] {mine, mine}, count, MPI.INT, all, counts, places, type, 1);
            assertThat(!root || List.of(2, 2, 0, 0, 1).equals(list(all))).isTrue();
            int[] back = new int[2];
            comm.scatterv(all, counts, places, type, back, count, MPI.INT, 1);
            assertThat(back).containsExactly(count > 0 ? mine : 0, count > 1 ? mine : 0);
            comm.gather(new int[] {mine}, 1, MPI.INT, root ? new int[3] : null, root ? 1 : 0, type, 1);
            comm.scatter(root ? new int[3] : null, root ? 1 : 0, type, back, 1, MPI.INT, 1);
            comm.reduce(new int[1], root ? new int[1] : null, 1, MPI.INT, MPI.SUM, 1);
            fails(MPI.ERR_COUNT, () -> comm.allGatherv(back, 1, MPI.INT, back, new int[2], new int[2], MPI.INT));
            fails(MPI.ERR_COUNT, () -> comm.allGatherv(back, 1, MPI.INT, back, null, null, MPI.INT));
        });
    }

    private static List<Integer> list(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("NullAway") // a buffer without elements may be null
    void messages_without_elements_arrive_with_their_tag(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int other = 1 - comm.getRank();
            Datatype column = Datatype.createVector(2, 1, 3, MPI.LONG);
            for (Datatype type : List.of(MPI.BYTE, MPI.INT, MPI.DOUBLE_INT, column)) {
                for (Object buffer : new Object[] {null, new int[3], MPI.newLongBuffer(1)}) {
                    Request send = comm.isSend(buffer, 0, type, other, 6);
                    Status status = comm.recv(buffer, 0, type, MPI.ANY_SOURCE, MPI.ANY_TAG);
                    send.waitFor();
                    assertThat(status.getTag()).isEqualTo(6);
                    assertThat(status.getSource()).isEqualTo(other);
                    assertThat(status.getCount(type)).isZero();
                    assertThat(status.getElements(type)).isZero();
                }
            }
            Request send = comm.iSend(new Object[0], 0, MPI.OBJECT, other, 7);
            assertThat(comm.recv(new Object[2], 2, MPI.OBJECT, other, 7).getCount(MPI.OBJECT))
                    .isZero();
            send.waitFor();
        });
    }

    @Test
    void nobody_takes_and_sends_in_every_form() {
        RankThreads.run(1, Wiring.SHM, comm -> {
            int[] one = {5};
            Object[] objects = {"kept"};
            MPI.attachBuffer(new byte[1000]);
            List<Request> sends = List.of(
                    comm.iSend(one, 1, MPI.INT, MPI.PROC_NULL, 1),
                    comm.isSend(one, 1, MPI.INT, MPI.PROC_NULL, 1),
                    comm.irSend(one, 1, MPI.INT, MPI.PROC_NULL, 1),
                    comm.ibSend(one, 1, MPI.INT, MPI.PROC_NULL, 1),
                    comm.Isend(objects, 0, 1, MPI.OBJECT, MPI.PROC_NULL, 1));
            Request.waitAll(sends.toArray(Request[]::new));
            comm.sSend(one, 1, MPI.INT, MPI.PROC_NULL, 1);
            comm.rSend(one, 1, MPI.INT, MPI.PROC_NULL, 1);
            comm.bSend(one, 1, MPI.INT, MPI.PROC_NULL, 1);
            comm.send(objects, 1, MPI.OBJECT, MPI.PROC_NULL, 1);
            MPI.detachBuffer();
            Prequest[] persistent = {
                comm.sendInit(one, 1, MPI.INT, MPI.PROC_NULL, 1),
                comm.sSendInit(one, 1, MPI.INT, MPI.PROC_NULL, 1),
                comm.recvInit(one, 1, MPI.INT, MPI.PROC_NULL, 1)
            };
            for (int round = 0; round < 2; round++) {
                Prequest.startAll(persistent);
                isNobody(Request.waitAllStatus(persistent)[2]);
            }
            isNobody(comm.recv(one, 1, MPI.INT, MPI.PROC_NULL, 1));
            isNobody(comm.recv(objects, 1, MPI.OBJECT, MPI.PROC_NULL, 1));
            isNobody(comm.iRecv(one, 1, MPI.INT, MPI.PROC_NULL, 1).waitStatus());
            isNobody(comm.probe(MPI.PROC_NULL, 1));
            isNobody(Objects.requireNonNull(comm.iProbe(MPI.PROC_NULL, 1)));
            isNobody(comm.sendRecv(one, 1, MPI.INT, MPI.PROC_NULL, 1, one, 1, MPI.INT, MPI.PROC_NULL, 1));
            isNobody(comm.sendRecvReplace(one, 1, MPI.INT, MPI.PROC_NULL, 1, MPI.PROC_NULL, 1));
            Message message = new Message();
            isNobody(Objects.requireNonNull(message.imProbe(MPI.PROC_NULL, 1, comm)));
            isNobody(message.imRecv(one, 1, MPI.INT).waitStatus());
            assertThat(one).containsExactly(5);
            assertThat(objects).containsExactly("kept");
        });
    }

    /** Section 3.10: source PROC_NULL, any tag, nothing received. */
    private static void isNobody(Status status) {
        assertThat(status.getSource()).isEqualTo(MPI.PROC_NULL);
        assertThat(status.getTag()).isEqualTo(MPI.ANY_TAG);
        assertThat(status.getCount(MPI.INT)).isZero();
        assertThat(status.isCancelled()).isFalse();
    }

    @Test
    void a_buffer_that_is_too_small_is_told_as_in_the_dialect_of_the_call() {
        RankThreads.run(1, Wiring.SHM, comm -> {
            comm.setErrhandler(MPI.ERRORS_RETURN);
            for (Datatype type : TypedArrays.TYPES) {
                Object array = type.element.newArray(4);
                List<ThrowingCallable> mpiJava = List.of(
                        () -> comm.Send(array, 0, 5, type, 0, 1),
                        () -> comm.Isend(array, 2, 3, type, 0, 1),
                        () -> comm.Recv(array, -1, 1, type, 0, 1),
                        () -> comm.Irecv(array, 5, 1, type, 0, 1),
                        () -> comm.Bcast(array, 3, 2, type, 0),
                        () -> comm.Send_init(array, 3, 2, type, 0, 0).Start());
                List<ThrowingCallable> bindings = List.of(
                        () -> comm.send(array, 5, type, 0, 1),
                        () -> comm.iSend(array, 5, type, 0, 1),
                        () -> comm.recv(array, 5, type, 0, 1),
                        () -> comm.iRecv(array, Integer.MAX_VALUE, type, 0, 1),
                        () -> comm.bcast(array, 5, type, 0),
                        () -> comm.allGatherv(array, 1, type, array, new int[] {1}, new int[] {4}, type),
                        () -> comm.sendInit(array, 5, type, 0, 0).start());
                mpiJava.forEach(each -> fails(MPI.ERR_BUFFER, each));
                for (ThrowingCallable each : bindings) {
                    assertThatThrownBy(each)
                            .isInstanceOf(ArrayIndexOutOfBoundsException.class)
                            .hasMessageContaining("bytes");
                }
                fails(MPI.ERR_COUNT, () -> comm.send(array, -1, type, 0, 1));
                fails(MPI.ERR_TYPE, () -> comm.send(array, 1, MPI.DATATYPE_NULL, 0, 1));
                assertThat(Array.getLength(array)).isEqualTo(4);
            }
            assertThatThrownBy(() -> comm.send(new Object[1], 2, MPI.OBJECT, 0, 1))
                    .isInstanceOf(ArrayIndexOutOfBoundsException.class);
            fails(MPI.ERR_BUFFER, () -> comm.Send(new Object[1], 1, 1, MPI.OBJECT, 0, 1));
        });
    }

    @ParameterizedTest
    @EnumSource
    void bytes_and_characters_may_be_those_of_other_arrays(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            for (Datatype type : TypedArrays.TYPES) {
                if (type.equals(MPI.BOOLEAN)) {
                    continue;
                }
                Object out = TypedArrays.filled(type, 8, 3);
                for (Datatype raw : List.of(MPI.BYTE, MPI.CHAR)) {
                    int count = 8 * type.getSize() / raw.getSize();
                    Object in = type.element.newArray(8);
                    if (comm.getRank() == 0) {
                        comm.send(out, count, raw, 1, 2);
                    } else {
                        assertThat(comm.recv(in, count, raw, 0, 2).getCount(raw))
                                .isEqualTo(count);
                    }
                    comm.bcast(comm.getRank() == 0 ? out : in, count, raw, 0);
                    assertThat(comm.getRank() == 0 ? out : in).isEqualTo(out);
                }
            }
            fails(MPI.ERR_TYPE, () -> comm.send(new int[1], 1, MPI.LONG, 0, 1));
        });
    }

    @Test
    void requests_that_are_not_active_give_an_empty_status() {
        RankThreads.run(1, Wiring.SHM, comm -> {
            Prequest idle = comm.recvInit(new int[1], 1, MPI.INT, 0, 1);
            Request[][] lists = {{}, {null}, {MPI.REQUEST_NULL, null}, {idle}, {null, idle, MPI.REQUEST_NULL}};
            for (Request[] list : lists) {
                for (Status status :
                        new Status[] {Request.waitAnyStatus(list), Objects.requireNonNull(Request.testAnyStatus(list))
                        }) {
                    assertThat(status.getIndex()).isEqualTo(MPI.UNDEFINED);
                    isEmpty(status);
                }
                assertThat(Request.testAny(list)).isEqualTo(MPI.UNDEFINED);
                assertThat(Request.testAll(list)).isTrue();
                for (Status status : Request.waitAllStatus(list)) {
                    isEmpty(status);
                }
                assertThat(Request.waitSomeStatus(list)).isNull();
                assertThat(Request.testSomeStatus(list)).isNull();
            }
            isEmpty(idle.waitStatus());
            assertThat(idle.test()).isTrue();
            assertThat(idle.isNull()).isFalse();
        });
    }

    private static void isEmpty(Status status) {
        assertThat(status.getSource()).isEqualTo(MPI.ANY_SOURCE);
        assertThat(status.getTag()).isEqualTo(MPI.ANY_TAG);
        assertThat(status.getError()).isEqualTo(MPI.SUCCESS);
        assertThat(status.getCount(MPI.INT)).isZero();
        assertThat(status.getElements(MPI.DOUBLE_INT)).isZero();
        assertThat(status.isCancelled()).isFalse();
    }

    private static void fails(int errorClass, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MPIException.class, e -> assertThat(e.getErrorClass()).isEqualTo(errorClass));
    }
}
