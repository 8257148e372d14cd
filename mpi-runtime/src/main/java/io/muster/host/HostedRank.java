package io.muster.host;

/** One rank on this node, whoever started it. Thread-safe. */
interface HostedRank {
    int rank();

    boolean isAlive();

    /** Waits until its process is gone. */
    boolean awaitExit(long timeoutMs) throws InterruptedException;

    /** How it exited, when it has. */
    int exitCode();

    /** Waits until the exit was told. */
    boolean awaitTold(long timeoutMs) throws InterruptedException;
}
