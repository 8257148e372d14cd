package mpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets that take no part: locks, counters, requests, and programs that compute meanwhile (MPI 4.1, 12.5.3). */
@Timeout(120)
final class WinPassiveTest {
    static Stream<Arguments> wiringsAndMemory() {
        return Stream.of(Wiring.values())
                .flatMap(wiring -> Stream.of(Arguments.of(wiring, true), Arguments.of(wiring, false)));
    }

    private static Win counters(Intracomm comm, boolean allocated) {
        return allocated
                ? new Win(4, 1, MPI.INFO_NULL, comm, MPI.newLongBuffer(1), Win.FLAVOR_PRIVATE)
                : new Win(MPI.newLongBuffer(4), 4, 1, MPI.INFO_NULL, comm);
    }

    private static long read(Win win, int rank, int place) {
        LongBuffer found = MPI.newLongBuffer(1);
        win.lock(MPI.LOCK_SHARED, rank, 0);
        win.get(found, 1, MPI.LONG, rank, place, 1, MPI.LONG);
        win.unlock(rank);
        return found.get(0);
    }

    private static LongBuffer one() {
        return MPI.newLongBuffer(1).put(0, 1);
    }

    @ParameterizedTest
    @MethodSource("wiringsAndMemory")
    void no_count_is_lost_and_none_is_given_out_twice(Wiring wiring, boolean allocated) {
        int rounds = 300;
        RankThreads.run(4, wiring, comm -> {
            Win win = counters(comm, allocated);
            LongBuffer before = MPI.newLongBuffer(1);
            long last = -1;
            win.lockAll(0);
            for (int round = 0; round < rounds; round++) {
                win.fetchAndOp(one(), before, MPI.LONG, 0, 1, MPI.SUM);
                win.flush(0);
                assertThat(before.get(0)).isGreaterThan(last);
                last = before.get(0);
                win.accumulate(one(), 1, MPI.LONG, 1, 2, 1, MPI.LONG, MPI.SUM);
            }
            win.unlockAll();
            comm.barrier();
            assertThat(read(win, 0, 1)).isEqualTo(4L * rounds);
            assertThat(read(win, 1, 2)).isEqualTo(4L * rounds);
            win.free();
        });
    }

    @ParameterizedTest
    @MethodSource("wiringsAndMemory")
    void exclusive_locks_let_one_in_and_shared_ones_all(Wiring wiring, boolean allocated) {
        AtomicInteger inside = new AtomicInteger();
        RankThreads.run(3, wiring, comm -> {
            Win win = counters(comm, allocated);
            LongBuffer value = MPI.newLongBuffer(1);
            for (int round = 0; round < 200; round++) {
                win.lock(MPI.LOCK_EXCLUSIVE, 1, 0);
                assertThat(inside.incrementAndGet()).isEqualTo(1);
                win.get(value, 1, MPI.LONG, 1, 0, 1, MPI.LONG);
                win.flush(1);
                value.put(0, value.get(0) + 1);
                win.put(value, 1, MPI.LONG, 1, 0, 1, MPI.LONG);
                win.flush(1);
                inside.decrementAndGet();
                win.unlock(1);
            }
            comm.barrier();
            assertThat(read(win, 1, 0)).isEqualTo(600);
            win.lock(MPI.LOCK_SHARED, 0, 0);
            comm.barrier();
            win.unlock(0);
            win.free();
        });
    }

    @ParameterizedTest
    @MethodSource("wiringsAndMemory")
    void a_target_that_computes_answers(Wiring wiring, boolean allocated) {
        CountDownLatch done = new CountDownLatch(1);
        RankThreads.run(2, wiring, comm -> {
            Win win = counters(comm, allocated);
            comm.barrier();
            if (comm.Rank() == 0) {
                // In no call of MPI until the other one has been answered.
                assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            } else {
                for (int round = 0; round < 50; round++) {
                    win.lock(MPI.LOCK_EXCLUSIVE, 0, 0);
                    win.accumulate(one(), 1, MPI.LONG, 0, 0, 1, MPI.LONG, MPI.SUM);
                    win.unlock(0);
                }
                assertThat(read(win, 0, 0)).isEqualTo(50);
                done.countDown();
            }
            win.free();
        });
    }

    @ParameterizedTest
    @EnumSource
    void requests_and_long_transfers(Wiring wiring) {
        int length = 300_000;
        RankThreads.run(2, wiring, comm -> {
            IntBuffer memory = MPI.newIntBuffer(length);
            Win win = new Win(memory, length, 1, MPI.INFO_NULL, comm);
            int other = 1 - comm.Rank();
            IntBuffer mine = MPI.newIntBuffer(length);
            for (int i = 0; i < length; i++) {
                mine.put(i, i * (comm.Rank() + 1));
            }
            win.lockAll(0);
            win.rPut(mine, length, MPI.INT, other, 0, length, MPI.INT).waitFor();
            win.flushAll();
            win.rAccumulate(mine, length, MPI.INT, other, 0, length, MPI.INT, MPI.SUM)
                    .waitFor();
            IntBuffer found = MPI.newIntBuffer(length);
            win.rGetAccumulate(mine, length, MPI.INT, found, length, MPI.INT, other, 0, length, MPI.INT, MPI.SUM)
                    .waitFor();
            IntBuffer sum = MPI.newIntBuffer(length);
            win.flushLocalAll();
            win.rGet(sum, length, MPI.INT, other, 0, length, MPI.INT).waitFor();
            for (int i = 0; i < length; i += 997) {
                assertThat(found.get(i)).isEqualTo(2 * mine.get(i));
                assertThat(sum.get(i)).isEqualTo(3 * mine.get(i));
            }
            win.unlockAll();
            win.free();
        });
    }

    @ParameterizedTest
    @EnumSource
    void plans_that_fit_no_request_go_along(Wiring wiring) {
        int blocks = 2_000;
        int[] lengths = new int[blocks];
        int[] places = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            lengths[i] = 1 + i % 3;
            places[i] = 5 * i + i % 2;
        }
        Datatype type = Datatype.createIndexed(lengths, places, MPI.INT);
        int elements = type.getSize() / Integer.BYTES;
        RankThreads.run(2, wiring, comm -> {
            IntBuffer memory = MPI.newIntBuffer(5 * blocks + 5);
            Win win = new Win(memory, memory.capacity(), 1, MPI.INFO_NULL, comm);
            IntBuffer mine = MPI.newIntBuffer(elements);
            for (int i = 0; i < elements; i++) {
                mine.put(i, i + 1);
            }
            win.fence(0);
            win.put(mine, elements, MPI.INT, 1 - comm.Rank(), 0, 1, type);
            win.fence(0);
            win.accumulate(mine, elements, MPI.INT, 1 - comm.Rank(), 0, 1, type, MPI.SUM);
            IntBuffer back = MPI.newIntBuffer(elements);
            win.fence(0);
            win.get(back, elements, MPI.INT, 1 - comm.Rank(), 0, 1, type);
            win.fence(MPI.MODE_NOSUCCEED);
            int next = 0;
            for (int block = 0; block < blocks; block++) {
                for (int i = 0; i < lengths[block]; i++, next++) {
                    assertThat(back.get(next)).isEqualTo(2 * (next + 1));
                    assertThat(memory.get(places[block] + i)).isEqualTo(2 * (next + 1));
                }
            }
            win.free();
        });
    }

    @ParameterizedTest
    @EnumSource
    void threads_of_a_rank_use_a_window_at_the_same_time(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            Win win = counters(comm, false);
            win.lockAll(0);
            Thread[] threads = new Thread[3];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = Thread.ofPlatform().start(() -> {
                    LongBuffer before = MPI.newLongBuffer(1);
                    for (int round = 0; round < 100; round++) {
                        win.fetchAndOp(one(), before, MPI.LONG, 1, 0, MPI.SUM);
                        win.flush(1);
                    }
                });
            }
            for (Thread thread : threads) {
                thread.join();
            }
            win.unlockAll();
            comm.barrier();
            assertThat(read(win, 1, 0)).isEqualTo(600);
            win.free();
        });
    }

    @ParameterizedTest
    @EnumSource
    void pairs_and_complex_numbers_are_updated_as_wholes(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            ByteBuffer memory = MPI.newByteBuffer(64);
            Win win = new Win(memory, 64, 1, MPI.INFO_NULL, comm);
            ByteBuffer pair =
                    MPI.newByteBuffer(16).putDouble(0, comm.Rank() + 0.5).putInt(8, 10 + comm.Rank());
            ByteBuffer complex = MPI.newByteBuffer(16).putDouble(0, 0).putDouble(8, 2);
            memory.putDouble(16, 0).putDouble(24, 1);
            win.fence(0);
            win.accumulate(pair, 1, MPI.DOUBLE_INT, 0, 0, 1, MPI.DOUBLE_INT, MPI.MAXLOC);
            win.accumulate(complex, 1, MPI.DOUBLE_COMPLEX, 0, 16, 1, MPI.DOUBLE_COMPLEX, MPI.PROD);
            win.fence(MPI.MODE_NOSUCCEED);
            if (comm.Rank() == 0) {
                assertThat(memory.getDouble(0)).isEqualTo(1.5);
                assertThat(memory.getInt(8)).isEqualTo(11);
                assertThat(memory.getDouble(16)).isEqualTo(0);
                assertThat(memory.getDouble(24)).isEqualTo(-4);
            }
            win.free();
        });
    }
}
