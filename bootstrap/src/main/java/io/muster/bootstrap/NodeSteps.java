package io.muster.bootstrap;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the steps of one node one after the other, each within its deadline, and keeps how they ended. */
final class NodeSteps {
    private final NodeTarget node;
    private final StepListener events;
    private final Semaphore places;
    private final Map<Step, StepOutcome> outcomes = new EnumMap<>(Step.class);

    NodeSteps(NodeTarget node, StepListener events, Semaphore places) {
        this.node = node;
        this.events = events;
        this.places = places;
    }

    Map<Step, StepOutcome> outcomes() {
        return Collections.unmodifiableMap(outcomes);
    }

    boolean failed() {
        return outcomes.values().stream().anyMatch(StepOutcome.Failed.class::isInstance);
    }

    /** Whether a step counts among those that the manager works on; one that waits for others delays nobody. */
    enum Place {
        TAKEN,
        NONE
    }

    /** Runs a step, unless one before it has failed. */
    void run(Step step, Place place, Duration deadline, Callable<StepResult> work) throws InterruptedException {
        if (failed()) {
            skip(step, "an earlier step failed");
            return;
        }
        boolean takesPlace = place == Place.TAKEN;
        if (takesPlace) {
            places.acquire();
        }
        try {
            events.started(node.name(), step);
            finish(step, timed(step, deadline, work));
        } finally {
            if (takesPlace) {
                places.release();
            }
        }
    }

    void skip(Step step, String reason) {
        finish(step, new StepOutcome.Skipped(reason));
    }

    private void finish(Step step, StepOutcome outcome) {
        outcomes.put(step, outcome);
        events.finished(node.name(), step, outcome);
    }

    private StepOutcome timed(Step step, Duration deadline, Callable<StepResult> work) throws InterruptedException {
        long start = System.nanoTime();
        FutureTask<StepResult> task = new FutureTask<>(work);
        Thread worker = Thread.ofVirtual().name(step + "-" + node.name()).start(task);
        try {
            // A step minds its deadline itself and says more; this is for one that does not.
            StepResult result = task.get(deadline.toMillis() + 1_000, TimeUnit.MILLISECONDS);
            long elapsedMs = elapsedMs(start);
            return result.changed()
                    ? new StepOutcome.Done(elapsedMs, result.seen())
                    : new StepOutcome.AlreadyDone(elapsedMs, result.seen());
        } catch (TimeoutException e) {
            return new StepOutcome.Failed(
                    elapsedMs(start),
                    node.ssh() + ": " + step + " did not end in " + deadline.toSeconds()
                            + " s. Next step: look at the node's load and its connection, then run the same again.");
        } catch (ExecutionException e) {
            return new StepOutcome.Failed(elapsedMs(start), message(step, Objects.requireNonNull(e.getCause())));
        } finally {
            task.cancel(true);
            worker.interrupt();
        }
    }

    private String message(Step step, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.startsWith(node.ssh().toString()) ? message : node.ssh() + ": " + step + " failed: " + cause;
    }

    private static long elapsedMs(long startNanos) {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }
}
