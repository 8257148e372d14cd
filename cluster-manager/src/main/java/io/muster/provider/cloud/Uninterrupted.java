package io.muster.provider.cloud;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Makes a call that must not break off in its middle, because then nobody knew whether it had an effect. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** The answer of the call; an interrupt waits until it is there, which the call's own time limits bound. */
    static <T> T call(Retries.Call<T> call) throws CloudFailure {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(call.make());
            } catch (CloudFailure | RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CloudFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("a call to a cloud failed", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
