package io.muster.mpi.collective;

import io.muster.mpi.transport.Meeting;
import org.jspecify.annotations.Nullable;

/**
 * The ranks that take part in a collective operation, as its algorithm sees them. Messages between two ranks arrive in
 * order and never mix with those of other operations. Bases are primitive arrays or memory segments, offsets and
 * lengths in bytes; all calls block until the buffer may be used again.
 */
public interface Team {
    int rank();

    int size();

    void send(Object base, long offset, long bytes, int to);

    void receive(Object base, long offset, long bytes, int from);

    /** An array for {@code count} elements of the folding's type with any content, until the next call. */
    Object scratch(Folding folding, int count);

    /** Starts a receive; returns what waits for it, and is run once. */
    Runnable startReceive(Object base, long offset, long bytes, int from);

    /** Where all ranks of the team meet in shared memory, or null when there is no such place. */
    @Nullable
    Meeting meeting();

    /** Comes to the next meeting, and blocks until all have come. */
    void meet(Meeting meeting);

    /** Fails when a rank has sent another number of bytes than this one expects. */
    void checkBytes(long sent, long expected);

    /** Sends and receives at the same time. */
    void exchange(Object out, long outAt, long outBytes, int to, Object in, long inAt, long inBytes, int from);
}
