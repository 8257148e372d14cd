package mpi;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.buffer.Operator;
import io.muster.mpi.buffer.UserBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations on windows: kind of window × synchronization × type × operation × ranks × transport (MPI 4.1, 12.3). */
@Timeout(300)
final class WinMatrixTest {
    private static final int[] COUNTS = {1, 7, 3_000};
    private static final int MOST = 3_000;

    static Stream<Arguments> ranksAndWirings() {
        return IntStream.rangeClosed(1, 4)
                .boxed()
                .flatMap(ranks -> Stream.of(Wiring.values()).map(wiring -> Arguments.of(ranks, wiring)));
    }

    @ParameterizedTest
    @MethodSource("ranksAndWirings")
    void all_operations_do_what_the_model_says(int ranks, Wiring wiring) {
        RankThreads.run(ranks, wiring, comm -> {
            for (Kind kind : Kind.values()) {
                Exposed exposed = kind.make(comm, (MOST + 8) * Long.BYTES * 4);
                for (Sync sync : Sync.values()) {
                    for (Datatype type : TypedArrays.TYPES) {
                        for (int count : COUNTS) {
                            // Long ones differ in how they travel and not in how epochs end.
                            if (count < MOST || sync == Sync.FENCE) {
                                new Cell(comm, exposed, sync, type, count).runAll();
                            }
                        }
                    }
                }
                exposed.win.free();
            }
        });
    }

    /** What the memory of a window is. */
    private enum Kind {
        DIRECT,
        HEAP,
        ALLOCATED,
        DYNAMIC;

        Exposed make(Intracomm comm, int bytes) {
            return switch (this) {
                case DIRECT -> over(comm, MPI.newByteBuffer(bytes));
                case HEAP -> over(comm, ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder()));
                case ALLOCATED -> {
                    Win win = new Win(bytes, 1, MPI.INFO_NULL, comm, MPI.newByteBuffer(1), Win.FLAVOR_PRIVATE);
                    yield new Exposed(win, win.getBuffer());
                }
                case DYNAMIC -> {
                    ByteBuffer memory = MPI.newByteBuffer(bytes);
                    Win win = new Win(MPI.INFO_NULL, comm);
                    win.attach(memory, bytes);
                    comm.barrier();
                    yield new Exposed(win, memory);
                }
            };
        }

        private static Exposed over(Intracomm comm, ByteBuffer memory) {
            return new Exposed(new Win(memory, memory.capacity(), 1, MPI.INFO_NULL, comm), memory);
        }
    }

    private record Exposed(Win win, ByteBuffer memory) {}

    /** How epochs are opened and closed. */
    private enum Sync {
        FENCE,
        GROUPS,
        LOCK,
        LOCK_ALL;

        void open(Win win, Intracomm comm, int target) {
            switch (this) {
                case FENCE -> win.fence(MPI.MODE_NOPRECEDE);
                case GROUPS -> {
                    win.post(comm.getGroup().incl(new int[] {previous(comm)}), 0);
                    win.start(comm.getGroup().incl(new int[] {target}), 0);
                }
                case LOCK -> {
                    comm.barrier();
                    win.lock(MPI.LOCK_EXCLUSIVE, target, 0);
                }
                case LOCK_ALL -> {
                    comm.barrier();
                    win.lockAll(0);
                }
            }
        }

        void close(Win win, Intracomm comm, int target) {
            switch (this) {
                case FENCE -> win.fence(MPI.MODE_NOSUCCEED);
                case GROUPS -> {
                    win.complete();
                    win.waitFor();
                }
                case LOCK -> {
                    win.unlock(target);
                    comm.barrier();
                }
                case LOCK_ALL -> {
                    win.unlockAll();
                    comm.barrier();
                }
            }
            // Whoever is through writes to its own memory: the others must have looked at it.
            comm.barrier();
        }
    }

    private static int previous(Intracomm comm) {
        return (comm.Rank() + comm.Size() - 1) % comm.Size();
    }

    /** Each rank works on the memory of the next one, and what it finds in its own is what the one before did. */
    private record Cell(Intracomm comm, Exposed exposed, Sync sync, Datatype type, int count) {
        private static final int OFFSET_ELEMENTS = 2;

        void runAll() {
            put();
            get();
            for (Op op : operations(type)) {
                accumulate(op);
                getAccumulate(op);
            }
            compareAndSwap();
            vectors();
        }

        private int me() {
            return comm.Rank();
        }

        private int target() {
            return (me() + 1) % comm.Size();
        }

        private int unit() {
            return type.getSize();
        }

        private int place() {
            return OFFSET_ELEMENTS * unit();
        }

        private Object values(int rank, int seed) {
            return TypedArrays.filled(type, count, 3 * rank + seed);
        }

        private ByteBuffer buffer(Object array) {
            ByteBuffer made = MPI.newByteBuffer(Math.max(1, count * unit()));
            Memory.copy(array, 0, base(made), 0, (long) count * unit());
            return made;
        }

        private ByteBuffer empty() {
            return MPI.newByteBuffer(Math.max(1, count * unit()));
        }

        private Object array(ByteBuffer buffer, int at) {
            Object array = type.element.newArray(count);
            Memory.copy(base(buffer), at, array, 0, (long) count * unit());
            return array;
        }

        private void fillMemory(Object content) {
            Memory.copy(content, 0, base(exposed.memory), place(), (long) count * unit());
        }

        private void inEpoch(Runnable work) {
            sync.open(exposed.win, comm, target());
            work.run();
            sync.close(exposed.win, comm, target());
        }

        private void check(Object actual, Object expected, String call) {
            TypedArrays.checkSame(
                    actual,
                    expected,
                    call + " of " + count + " " + type + " with " + sync + " at rank " + me() + " of " + comm.Size());
        }

        private void put() {
            fillMemory(values(me(), 1));
            ByteBuffer mine = buffer(values(me(), 5));
            inEpoch(() -> exposed.win.put(mine, count, type, target(), place(), count, type));
            check(array(exposed.memory, place()), values(previous(comm), 5), "put");
        }

        private void get() {
            fillMemory(values(me(), 7));
            ByteBuffer result = empty();
            inEpoch(() -> exposed.win.get(result, count, type, target(), place(), count, type));
            check(array(result, 0), values(target(), 7), "get");
        }

        private Object folded(Op op, Object operand, Object there) {
            if (op.operator() == Operator.REPLACE) {
                return operand;
            }
            if (op.operator() != Operator.NO_OP) {
                type.reduction(op.operator()).apply(operand, 0, there, 0, count);
            }
            return there;
        }

        private void accumulate(Op op) {
            fillMemory(values(me(), 1));
            ByteBuffer mine = buffer(values(me(), 5));
            inEpoch(() -> exposed.win.accumulate(mine, count, type, target(), place(), count, type, op));
            Object expected = folded(op, values(previous(comm), 5), values(me(), 1));
            check(array(exposed.memory, place()), expected, "accumulate " + op);
        }

        private void getAccumulate(Op op) {
            fillMemory(values(me(), 1));
            ByteBuffer mine = buffer(values(me(), 5));
            ByteBuffer result = empty();
            inEpoch(() -> exposed.win.getAccumulate(
                    mine, count, type, result, count, type, target(), place(), count, type, op));
            Object expected = folded(op, values(previous(comm), 5), values(me(), 1));
            check(array(exposed.memory, place()), expected, "getAccumulate " + op);
            check(array(result, 0), values(target(), 1), "result of getAccumulate " + op);
        }

        /** The first element is what is expected of every second rank. */
        private void compareAndSwap() {
            boolean fits = target() % 2 == 0;
            boolean mineFits = me() % 2 == 0;
            fillMemory(TypedArrays.filled(type, count, 0));
            ByteBuffer news = buffer(TypedArrays.filled(type, count, 1));
            ByteBuffer expected = buffer(TypedArrays.filled(type, count, fits ? 0 : 1));
            ByteBuffer result = buffer(TypedArrays.filled(type, count, 1));
            inEpoch(() -> exposed.win.compareAndSwap(news, expected, result, type, target(), place()));
            Object model = TypedArrays.filled(type, count, 0);
            if (mineFits) {
                System.arraycopy(TypedArrays.filled(type, count, 1), 0, model, 0, 1);
            }
            check(array(exposed.memory, place()), model, "compareAndSwap");
            Object fetched = TypedArrays.filled(type, count, 1);
            System.arraycopy(TypedArrays.filled(type, count, 0), 0, fetched, 0, 1);
            check(array(result, 0), fetched, "result of compareAndSwap");
        }

        /** Every second element at the target, all elements at the origin. */
        private void vectors() {
            Datatype every = Datatype.createVector(count, 1, 2, type);
            byte[] zeros = new byte[exposed.memory.capacity()];
            Memory.copy(zeros, 0, base(exposed.memory), 0, zeros.length);
            ByteBuffer mine = buffer(values(me(), 3));
            inEpoch(() -> exposed.win.accumulate(mine, count, type, target(), place(), 1, every, MPI.REPLACE));
            Object sparse = type.element.newArray(2 * count);
            for (int i = 0; i < count; i++) {
                System.arraycopy(values(previous(comm), 3), i, sparse, 2 * i, 1);
            }
            Object found = type.element.newArray(2 * count);
            Memory.copy(base(exposed.memory), place(), found, 0, 2L * count * unit());
            check(found, sparse, "accumulate to a vector");
            ByteBuffer back = empty();
            inEpoch(() -> exposed.win.get(back, count, type, target(), place(), 1, every));
            check(array(back, 0), values(me(), 3), "get from a vector");
            ByteBuffer put = buffer(values(me(), 4));
            inEpoch(() -> exposed.win.put(put, count, type, target(), place(), 1, every));
            inEpoch(() -> exposed.win.get(back, count, type, target(), place(), 1, every));
            check(array(back, 0), values(me(), 4), "put to a vector");
        }
    }

    private static Object base(ByteBuffer buffer) {
        Object base = UserBuffer.base(buffer);
        assertThat(base).isNotNull();
        return Objects.requireNonNull(base);
    }

    private static List<Op> operations(Datatype type) {
        List<Op> all = new ArrayList<>(List.of(MPI.REPLACE, MPI.NO_OP));
        List<Op> reductions =
                List.of(MPI.MAX, MPI.MIN, MPI.SUM, MPI.PROD, MPI.LAND, MPI.BAND, MPI.LOR, MPI.BOR, MPI.LXOR, MPI.BXOR);
        reductions.stream().filter(op -> op.operator().accepts(type.element)).forEach(all::add);
        assertThat(Arrays.asList(Operator.values())).hasSize(14);
        return all;
    }
}
