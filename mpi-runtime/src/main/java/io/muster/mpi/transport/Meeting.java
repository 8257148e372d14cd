package io.muster.mpi.transport;

import io.muster.mpi.buffer.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Where all ranks that share memory meet: each says that it has come, with some bytes for the others, and the last one
 * opens the door. What takes log(ranks) messages else takes one step.
 *
 * <pre>
 *   0      arrived: ranks that have come, over all meetings                          (long, counted up atomically)
 *   64     opened: meetings to which all have come                                   (long, written by the last rank)
 *   128    two slots a rank, for odd and even meetings: length (long), bytes         (ranks × 2 × 2112)
 * </pre>
 *
 * <p>A rank comes to a meeting when it has read all it wants of the one before. So whoever leaves a meeting knows that
 * all are through with the last but one, whose slots it writes next. One thread at a time.
 */
public final class Meeting {
    /** The most that a rank can bring. */
    public static final int MAX_BYTES = 2048;

    private static final int ARRIVED_AT = 0;
    private static final int OPENED_AT = 64;
    private static final int SLOTS_AT = 128;
    private static final int BYTES_AT = 64;
    private static final int SLOT = BYTES_AT + MAX_BYTES;
    private static final VarHandle COUNT = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment memory;
    private final long start;
    private final int ranks;
    private final int me;
    private final Sleepers sleepers;
    private long number;
    private long seen;

    /** The bytes start at {@code start} of zeroed {@code memory}; {@code me} is the place of this rank. */
    Meeting(MemorySegment memory, long start, int ranks, int me, Sleepers sleepers) {
        this.memory = memory;
        this.start = start;
        this.ranks = ranks;
        this.me = me;
        this.sleepers = sleepers;
    }

    static long sizeBytes(int ranks) {
        return SLOTS_AT + 2L * ranks * SLOT;
    }

    /** Puts what this rank brings to the next meeting. */
    public void bring(Object base, long offset, long bytes) {
        long slot = slot(me, number + 1);
        memory.set(ValueLayout.JAVA_LONG, slot, bytes);
        Memory.read(base, offset, memory, slot + BYTES_AT, bytes);
    }

    /** Comes to the next meeting. */
    public void arrive() {
        number++;
        long arrived = (long) COUNT.getAndAdd(memory, start + ARRIVED_AT, 1L) + 1;
        if (arrived == number * ranks) {
            COUNT.setRelease(memory, start + OPENED_AT, number);
            for (int place = 0; place < ranks; place++) {
                if (place != me) {
                    sleepers.wake(place);
                }
            }
        }
    }

    /** Whether all have come to the meeting to which this rank came last. */
    public boolean isComplete() {
        return (long) COUNT.getAcquire(memory, start + OPENED_AT) >= number;
    }

    /** How many bytes a rank has brought. */
    public long bytesOf(int place) {
        return memory.get(ValueLayout.JAVA_LONG, slot(place, number));
    }

    /** Copies {@code bytes} bytes, from byte {@code from} on, of what a rank has brought. */
    public void take(int place, long from, Object base, long offset, long bytes) {
        Memory.write(base, offset, memory, slot(place, number) + BYTES_AT + from, bytes);
    }

    /** Whether the meeting to which this rank came was opened since this was asked last: 1, or 0. */
    int poll() {
        if (seen == number || !isComplete()) {
            return 0;
        }
        seen = number;
        return 1;
    }

    private long slot(int place, long meeting) {
        return start + SLOTS_AT + (2L * place + (meeting & 1)) * SLOT;
    }
}
