package io.muster.mpi.onesided;

import io.muster.mpi.buffer.CopyPlan;
import io.muster.mpi.buffer.PackedView;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.util.Arrays;

/**
 * Elements in the memory of a window: {@code count} of them, laid out by {@code plan}, from byte {@code offset} of the
 * window on.
 */
public record Block(long offset, int count, CopyPlan plan) {
    public Block {
        if (count < 0) {
            throw new Failure(ErrorClass.COUNT, "count is " + count + "; it may not be negative");
        }
    }

    private static final int LONGEST_RUN = 1 << 30;

    /** {@code bytes} bytes in a row. */
    static Block run(long offset, int bytes) {
        return new Block(offset, 1, CopyPlan.run(bytes));
    }

    /** {@code bytes} bytes in a row, however many. */
    static Block range(long offset, long bytes) {
        if (bytes <= LONGEST_RUN) {
            return run(offset, (int) bytes);
        }
        long runs = bytes / LONGEST_RUN;
        long rest = bytes % LONGEST_RUN;
        long[] plan = {0, bytes, 0, LONGEST_RUN, runs, LONGEST_RUN, runs * LONGEST_RUN, rest, 1, 0};
        return new Block(offset, 1, CopyPlan.of(rest == 0 ? Arrays.copyOf(plan, 6) : plan));
    }

    /** Bytes of its elements, without gaps. */
    public long bytes() {
        return count * plan.sizeBytes();
    }

    boolean isContiguous() {
        return plan.isContiguous();
    }

    /** Where its first byte lies in the window. */
    long first() {
        return offset + Math.min(0, (count - 1L) * plan.extentBytes()) + plan.firstByte();
    }

    /** Where its last byte ends. */
    long end() {
        return offset + Math.max(0, (count - 1L) * plan.extentBytes()) + plan.endByte();
    }

    /** Throws when it does not lie within a window of so many bytes. */
    void checkWithin(long sizeBytes) {
        if (bytes() > 0 && (first() < 0 || end() > sizeBytes)) {
            throw new OutOfRange(
                    "bytes " + first() + " to " + end() + " of the target's window, which has " + sizeBytes + " bytes");
        }
    }

    /** Its bytes without gaps, in memory in which the window begins at {@code start} of {@code base}. */
    View in(Object base, long start) {
        return isContiguous()
                ? new View(base, start + offset)
                : new View(new PackedView(base, start + offset, plan), 0);
    }

    /** Where bytes without gaps begin. */
    record View(Object base, long offset) {}
}
