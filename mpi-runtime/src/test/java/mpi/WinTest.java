package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import mpi.RankThreads.Wiring;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows themselves: shared and dynamic ones, what they carry, and what they refuse (MPI 4.1, 12.2 and 12.6). */
@Timeout(120)
final class WinTest {
    private static void fails(int errorClass, String text, ThrowingCallable call) {
        assertThatExceptionOfType(MPIException.class)
                .isThrownBy(call)
                .withMessageContaining(text)
                .satisfies(e -> assertThat(e.getErrorClass()).as(e.getMessage()).isEqualTo(errorClass));
    }

    private static Win ints(Intracomm comm, int size) {
        return new Win(MPI.newIntBuffer(size), size, 1, MPI.INFO_NULL, comm);
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM", "MACHINE", "TCP"})
    void shared_memory_is_seen_by_all(Wiring wiring) {
        RankThreads.run(3, wiring, comm -> {
            int me = comm.Rank();
            Win win = new Win(me + 1, 1, MPI.INFO_NULL, comm, MPI.newIntBuffer(1), Win.FLAVOR_SHARED);
            win.lockAll(MPI.MODE_NOCHECK);
            for (int i = 0; i <= me; i++) {
                win.getBuffer().putInt(4 * i, 10 * me + i);
            }
            win.sync();
            comm.barrier();
            win.sync();
            for (int rank = 0; rank < 3; rank++) {
                ByteBuffer part = win.sharedQuery(rank);
                assertThat(part.capacity()).isEqualTo(4 * (rank + 1));
                assertThat(part.getInt(4 * rank)).isEqualTo(11 * rank);
            }
            assertThat(win.sharedQuery(MPI.PROC_NULL).getInt(0)).isZero();
            IntBuffer first = MPI.newIntBuffer(1);
            win.get(first, 1, MPI.INT, 2, 2, 1, MPI.INT);
            win.unlockAll();
            assertThat(first.get(0)).isEqualTo(22);
            win.free();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"MIXED"})
    void ranks_without_common_memory_get_no_shared_window(Wiring wiring) {
        RankThreads.run(
                2,
                wiring,
                comm -> fails(
                        71,
                        "share memory",
                        () -> new Win(1, 1, MPI.INFO_NULL, comm, MPI.newIntBuffer(1), Win.FLAVOR_SHARED)));
    }

    @ParameterizedTest
    @EnumSource
    void buffers_come_and_go_in_dynamic_windows(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            int other = 1 - comm.Rank();
            Win win = new Win(MPI.INFO_NULL, comm);
            IntBuffer one = MPI.newIntBuffer(100);
            IntBuffer two = IntBuffer.allocate(10);
            win.attach(one, 100);
            win.attach(two, 10);
            fails(69, "attached already", () -> win.attach(one, 1));
            int place = win.getDisplacement(two);
            assertThat(win.getDisplacement(one)).isZero();
            comm.barrier();
            win.lock(MPI.LOCK_SHARED, other, 0);
            IntBuffer mine = MPI.newIntBuffer(1).put(0, 7 + comm.Rank());
            win.put(mine, 1, MPI.INT, other, place + 4, 1, MPI.INT);
            win.unlock(other);
            comm.barrier();
            assertThat(two.get(1)).isEqualTo(7 + other);
            win.detach(two);
            comm.barrier();
            win.lock(MPI.LOCK_SHARED, other, 0);
            win.put(mine, 1, MPI.INT, other, place, 1, MPI.INT);
            fails(68, "not lie in one buffer", () -> win.flush(other));
            win.unlock(other);
            fails(69, "not attached", () -> win.detach(two));
            win.lock(MPI.LOCK_SHARED, other, 0);
            win.put(mine, 0, MPI.INT, other, place, 0, MPI.INT);
            win.unlock(other);
            win.free();
        });
    }

    @ParameterizedTest
    @EnumSource
    void ranks_leave_with_a_window_that_nobody_freed(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            Win win = ints(comm, 2);
            win.fence(0);
            win.put(MPI.newIntBuffer(1), 1, MPI.INT, 1 - comm.Rank(), 1, 1, MPI.INT);
            win.put(MPI.newIntBuffer(1), 0, MPI.INT, 1 - comm.Rank(), 2, 0, MPI.INT);
            win.fence(0);
        });
    }

    @ParameterizedTest
    @EnumSource
    void sub_communicators_and_self_have_windows(Wiring wiring) {
        RankThreads.run(4, wiring, comm -> {
            Intracomm half = comm.split(comm.Rank() % 2, -comm.Rank());
            Win win = ints(half, 2);
            Win alone = new Win(4, 1, MPI.INFO_NULL, comm.split(comm.Rank(), 0), null, Win.FLAVOR_PRIVATE);
            assertThat(Group.compare(win.getGroup(), half.getGroup())).isEqualTo(MPI.IDENT);
            IntBuffer mine = MPI.newIntBuffer(1).put(0, comm.Rank());
            IntBuffer found = MPI.newIntBuffer(1);
            win.fence(0);
            win.put(mine, 1, MPI.INT, 1 - half.Rank(), 1, 1, MPI.INT);
            win.put(mine, 1, MPI.INT, MPI.PROC_NULL, 1, 1, MPI.INT);
            win.fence(0);
            win.get(found, 1, MPI.INT, half.Rank(), 1, 1, MPI.INT);
            assertThat(win.rGet(found, 1, MPI.INT, MPI.PROC_NULL, 1, 1, MPI.INT).test())
                    .isTrue();
            win.fence(MPI.MODE_NOSUCCEED);
            assertThat(found.get(0)).isEqualTo((comm.Rank() + 2) % 4);
            alone.lock(MPI.LOCK_EXCLUSIVE, 0, 0);
            alone.put(mine, 1, MPI.INT, 0, 0, 1, MPI.INT);
            alone.unlock(0);
            assertThat(alone.getBuffer().getInt(0)).isEqualTo(comm.Rank());
            alone.free();
            win.free();
        });
    }

    @ParameterizedTest
    @EnumSource
    void exposures_are_tested_without_blocking(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            Win win = ints(comm, 1);
            Group other = comm.getGroup().incl(new int[] {1 - comm.Rank()});
            if (comm.Rank() == 0) {
                win.post(other, 0);
                assertThat(win.test()).isFalse();
                comm.barrier();
                boolean done = false;
                while (!done) {
                    done = win.test();
                }
            } else {
                win.start(other, 0);
                comm.barrier();
                win.put(MPI.newIntBuffer(1), 1, MPI.INT, 0, 0, 1, MPI.INT);
                win.complete();
            }
            win.free();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM", "TCP"})
    void windows_carry_names_attributes_and_hints(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            Info hints = new Info();
            hints.set("no_locks", "true");
            Win win = new Win(MPI.newLongBuffer(10), 10, 2, hints, comm);
            assertThat(win.getInfo().get("no_locks")).isEqualTo("true");
            assertThat(win.getAttr(MPI.WIN_SIZE)).isEqualTo(80);
            assertThat(win.getAttr(MPI.WIN_DISP_UNIT)).isEqualTo(16);
            assertThat(win.getAttr(MPI.WIN_BASE)).isNotEqualTo(0L);
            int key = Win.createKeyval();
            win.setAttr(key, "value");
            assertThat(win.getAttr(key)).isEqualTo("value");
            win.deleteAttr(key);
            assertThat(win.getAttr(key)).isNull();
            Win.freeKeyval(key);
            win.setName("table");
            assertThat(win.getName()).isEqualTo("table");
            win.setErrhandler(MPI.ERRORS_RETURN);
            assertThat(win.getErrhandler()).isSameAs(MPI.ERRORS_RETURN);
            fails(MPI.ERR_WIN, "table", () -> win.callErrhandler(MPI.ERR_WIN));
            win.free();
            fails(MPI.ERR_WIN, "freed", () -> win.fence(0));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM", "TCP"})
    void wrong_epochs_are_told(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            Win win = ints(comm, 4);
            IntBuffer one = MPI.newIntBuffer(1);
            int sync = MPI.ERR_RMA_SYNC;
            fails(sync, "no epoch", () -> win.put(one, 1, MPI.INT, 1, 0, 1, MPI.INT));
            fails(sync, "not locked", () -> win.unlock(1));
            fails(sync, "not locked", () -> win.flush(0));
            fails(sync, "no rank is locked", win::flushAll);
            fails(sync, "lockAll", win::unlockAll);
            fails(sync, "start", win::complete);
            fails(sync, "post", win::waitFor);
            fails(sync, "post", win::test);
            win.lock(MPI.LOCK_SHARED, 1, 0);
            fails(sync, "already", () -> win.lock(MPI.LOCK_SHARED, 1, 0));
            fails(sync, "already", () -> win.lockAll(0));
            fails(sync, "unlock", () -> win.fence(0));
            fails(sync, "unlock", win::free);
            fails(sync, "rank 0", () -> win.put(one, 1, MPI.INT, 0, 0, 1, MPI.INT));
            win.unlock(1);
            win.fence(0);
            win.put(one, 1, MPI.INT, 1, 0, 1, MPI.INT);
            fails(sync, "fence", () -> win.lock(MPI.LOCK_SHARED, 1, 0));
            win.fence(MPI.MODE_NOSUCCEED);
            win.free();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Wiring.class,
            names = {"SHM", "TCP"})
    void wrong_arguments_are_told(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            IntBuffer one = MPI.newIntBuffer(1);
            fails(MPI.ERR_SIZE, "size", () -> new Win(one, 2, 1, MPI.INFO_NULL, comm));
            fails(MPI.ERR_SIZE, "size", () -> new Win(one, -1, 1, MPI.INFO_NULL, comm));
            fails(MPI.ERR_DISP, "unit", () -> new Win(one, 1, 0, MPI.INFO_NULL, comm));
            fails(MPI.ERR_ARG, "flavor", () -> new Win(1, 1, MPI.INFO_NULL, comm, one, 2));
            Win win = ints(comm, 4);
            win.fence(0);
            fails(MPI.ERR_RANK, "rank=2", () -> win.put(one, 1, MPI.INT, 2, 0, 1, MPI.INT));
            fails(MPI.ERR_DISP, "-1", () -> win.put(one, 1, MPI.INT, 0, -1, 1, MPI.INT));
            fails(MPI.ERR_COUNT, "-1", () -> win.put(one, 1, MPI.INT, 0, 0, -1, MPI.INT));
            assertThatThrownBy(() -> win.put(one, 2, MPI.INT, 0, 0, 2, MPI.INT))
                    .isInstanceOf(ArrayIndexOutOfBoundsException.class)
                    .hasMessageContaining("2 elements");
            fails(MPI.ERR_TRUNCATE, "target", () -> win.put(one, 1, MPI.INT, 0, 0, 0, MPI.INT));
            fails(68, "16 bytes", () -> win.put(one, 1, MPI.INT, 0, 4, 1, MPI.INT));
            fails(MPI.ERR_TYPE, "objects", () -> win.put(one, 1, MPI.INT, 0, 0, 1, MPI.OBJECT));
            fails(MPI.ERR_TYPE, "different", () -> win.accumulate(one, 1, MPI.INT, 0, 0, 1, MPI.FLOAT, MPI.SUM));
            fails(MPI.ERR_OP, "not defined", () -> win.accumulate(one, 1, MPI.FLOAT, 0, 0, 1, MPI.FLOAT, MPI.BAND));
            UserFunction nothing = new UserFunction() {};
            Op own = new Op(nothing, true);
            fails(MPI.ERR_OP, "predefined", () -> win.accumulate(one, 1, MPI.INT, 0, 0, 1, MPI.INT, own));
            fails(MPI.ERR_ASSERT, "assertion", () -> win.fence(MPI.MODE_NOCHECK));
            fails(MPI.ERR_LOCKTYPE, "lockType=3", () -> win.lock(3, 0, 0));
            fails(MPI.ERR_RANK, "rank=5", () -> win.lock(MPI.LOCK_SHARED, 5, 0));
            fails(70, "dynamic", () -> win.attach(one, 1));
            fails(70, "allocate", win::getBuffer);
            win.fence(MPI.MODE_NOSUCCEED);
            win.free();
            fails(MPI.ERR_OP, "not defined", () -> comm.allReduce(one, 1, MPI.INT, MPI.REPLACE));
        });
    }
}
