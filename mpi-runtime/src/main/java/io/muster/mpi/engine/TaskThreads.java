package io.muster.mpi.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for work that goes on while the program does something else; they are kept for a minute. */
final class TaskThreads {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            work -> Thread.ofPlatform().daemon().name("mpi-task").unstarted(work));

    private TaskThreads() {}

    static void start(Runnable work) {
        THREADS.execute(work);
    }
}
