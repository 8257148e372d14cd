package io.muster.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same on many nodes at once. */
final class FanOut {
    private FanOut() {}

    /**
     * Runs all tasks on virtual threads, gives every result to {@code results} from this thread, also when others
     * failed, and then throws the first failure.
     */
    static <T> void all(List<Callable<T>> tasks, Consumer<T> results) throws Exception {
        List<Future<T>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            futures.addAll(threads.invokeAll(tasks));
        }
        Exception first = null;
        for (Future<T> future : futures) {
            try {
                results.accept(future.get());
            } catch (ExecutionException e) {
                Exception failure = e.getCause() instanceof Exception cause ? cause : e;
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
