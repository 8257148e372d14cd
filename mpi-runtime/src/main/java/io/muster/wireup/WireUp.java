package io.muster.wireup;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A rank's line to its launcher, open from Init to the end of the process. Thread-safe.
 *
 * <p>The launcher knows who lives: a rank whose line breaks before {@link #goodbye()} is lost, and all others hear it.
 */
public interface WireUp extends AutoCloseable {
    /**
     * Publishes this rank's address and blocks until every rank of the job has done so.
     *
     * @return one address a rank, in rank order
     * @throws IOException when the launcher is gone or the deadline passes; the message says which ranks are missing
     */
    List<RankAddress> exchange(RankAddress mine, Duration deadline) throws IOException;

    /** Has {@code listener} called, from a thread of the wire-up, for each rank that is lost, also past ones. */
    void onRankLost(Consumer<RankLost> listener);

    /**
     * Asks the launcher for something, and blocks until it has answered.
     *
     * @throws IOException when it cannot answer any more
     */
    LauncherAnswer ask(LauncherRequest request) throws IOException;

    /** Asks the launcher to end the whole job with {@code exitCode}; returns at once. */
    void abort(int exitCode, String reason);

    /** Says that this rank has left MPI in order, so that its exit loses nobody. */
    void goodbye();

    @Override
    void close();
}
