package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several threads of one rank in MPI calls at the same time. */
@Timeout(60)
final class ThreadsTest {
    private static final int GO = 9;

    /** A thread of rank 0 that receives one message of rank 1; its result is whether it was interrupted meanwhile. */
    private static FutureTask<Boolean> receiver(Intracomm comm, int tag) {
        return new FutureTask<>(() -> {
            int[] received = new int[1];
            comm.Recv(received, 0, 1, MPI.INT, 1, tag);
            assertThat(received).containsExactly(tag);
            return Thread.currentThread().isInterrupted();
        });
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    @ParameterizedTest
    @EnumSource
    void threads_that_are_interrupted_while_they_wait_keep_nobody_out(Wiring wiring) {
        RankThreads.run(2, wiring, comm -> {
            if (comm.Rank() == 1) {
                comm.Recv(new int[1], 0, 1, MPI.INT, 0, GO);
                for (int tag = 3; tag >= 1; tag--) {
                    comm.Send(new int[] {tag}, 0, 1, MPI.INT, 0, tag);
                }
                return;
            }
            List<FutureTask<Boolean>> tasks = List.of(receiver(comm, 1), receiver(comm, 2), receiver(comm, 3));
            List<Thread> threads = tasks.stream()
                    .map(task -> Thread.ofPlatform().daemon().start(task))
                    .toList();
            // Only one sleeps at the doorbell, the others wait for that one.
            await().until(() -> threads.stream().filter(ThreadsTest::waits).count() >= 2);
            threads.forEach(Thread::interrupt);
            // They have looked what there is and wait again: another thread must get in.
            await().pollDelay(Duration.ofMillis(100)).until(() -> comm.Iprobe(1, GO) == null);
            comm.Send(new int[1], 0, 1, MPI.INT, 1, GO);
            for (FutureTask<Boolean> task : tasks) {
                assertThat(task.get(20, TimeUnit.SECONDS))
                        .as("the interrupt is left for the caller")
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void whoever_sleeps_is_told_at_once_what_another_thread_has_received(Wiring wiring) {
        int rounds = 300;
        RankThreads.run(2, wiring, comm -> {
            for (int round = 1; round <= rounds; round++) {
                if (comm.Rank() == 1) {
                    comm.Recv(new int[1], 0, 1, MPI.INT, 0, GO);
                    comm.Send(new int[] {1}, 0, 1, MPI.INT, 0, 1);
                    continue;
                }
                FutureTask<Boolean> task = receiver(comm, 1);
                Thread.ofPlatform().daemon().start(task);
                comm.Send(new int[1], 0, 1, MPI.INT, 1, GO);
                while (!task.isDone()) {
                    comm.Iprobe(1, 2);
                }
                task.get();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void communicators_that_two_threads_make_at_the_same_time_are_different_ones(Wiring wiring) {
        int rounds = 100;
        RankThreads.run(2, wiring, comm -> {
            Intracomm first = comm.dup();
            Intracomm second = comm.dup();
            CyclicBarrier together = new CyclicBarrier(2);
            List<FutureTask<List<Integer>>> tasks = Stream.of(first, second)
                    .map(of -> new FutureTask<>(() -> {
                        List<Integer> ids = new ArrayList<>();
                        for (int round = 0; round < rounds; round++) {
                            together.await(20, TimeUnit.SECONDS);
                            Intracomm copy = of.dup();
                            ids.add(copy.core().id());
                            together.await(20, TimeUnit.SECONDS);
                            copy.free();
                        }
                        return ids;
                    }))
                    .toList();
            tasks.forEach(task -> Thread.ofPlatform().daemon().start(task));
            List<Integer> ids = tasks.get(0).get(40, TimeUnit.SECONDS);
            List<Integer> others = tasks.get(1).get(40, TimeUnit.SECONDS);
            for (int round = 0; round < rounds; round++) {
                assertThat(ids.get(round)).isNotEqualTo(others.get(round));
            }
        });
    }
}
