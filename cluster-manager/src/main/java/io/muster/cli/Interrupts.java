package io.muster.cli;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C, as a command wants it: the first one interrupts the thread that runs the command, which then ends what it
 * began; the second one leaves at once. Thread-safe.
 */
final class Interrupts {
    private final Runnable leave;
    private final Runnable end;
    private final AtomicInteger count = new AtomicInteger();
    private volatile Runnable first;
    private volatile boolean ignored;
    private volatile boolean mustCleanUp;

    /**
     * @param leave ends the process at once
     * @param end ends the process in order
     */
    Interrupts(Thread worker, Runnable leave, Runnable end) {
        this.leave = leave;
        this.end = end;
        this.first = worker::interrupt;
    }

    /** What the first Ctrl-C does beside interrupting the command; at once, in the thread of the signal. */
    void announce(Runnable announcement) {
        Runnable before = first;
        first = () -> {
            announcement.run();
            before.run();
        };
    }

    /** From now on Ctrl-C is for a child process alone. */
    void ignore() {
        ignored = true;
    }

    /** From now on a termination is no different from Ctrl-C: there is something to clean up. */
    void cleanUpAlsoOnTermination() {
        mustCleanUp = true;
    }

    /** Somebody ends this process. Clusters and jobs outlive it, so most commands just leave. */
    void terminate() {
        if (mustCleanUp) {
            fire();
        } else {
            end.run();
        }
    }

    /** The user wants out. */
    void fire() {
        if (ignored) {
            return;
        }
        if (count.getAndIncrement() == 0) {
            first.run();
        } else {
            leave.run();
        }
    }

    /** Whether the user wanted out. */
    boolean happened() {
        return count.get() > 0;
    }
}
