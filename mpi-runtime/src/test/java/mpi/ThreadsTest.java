package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
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
}
