package io.muster.wireup;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Requests that wait for the launcher's answer. Thread-safe. */
final class PendingRequests {
    private final Map<Long, CompletableFuture<LauncherAnswer>> waiting = new HashMap<>();
    private Optional<String> broken = Optional.empty();
    private long last;

    /** Sends a request that was given a number. */
    @FunctionalInterface
    interface Sender {
        void send(WireUpMessage.Ask request) throws IOException;
    }

    /** Sends, and waits for the answer. */
    LauncherAnswer ask(LauncherRequest request, Sender sender) throws IOException {
        CompletableFuture<LauncherAnswer> answer = new CompletableFuture<>();
        long id;
        synchronized (this) {
            if (broken.isPresent()) {
                throw new IOException(broken.get());
            }
            last++;
            id = last;
            waiting.put(id, answer);
        }
        try {
            sender.send(new WireUpMessage.Ask(id, request));
            return answer.get();
        } catch (ExecutionException e) {
            throw new IOException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            synchronized (this) {
                waiting.remove(id);
            }
        }
    }

    synchronized void answered(WireUpMessage.Answer answer) {
        CompletableFuture<LauncherAnswer> known = waiting.get(answer.id());
        if (known != null) {
            known.complete(answer.answer());
        }
    }

    /** No answer comes any more. */
    synchronized void breakOff(String reason) {
        broken = Optional.of(reason);
        waiting.values().forEach(answer -> answer.completeExceptionally(new IOException(reason)));
    }
}
