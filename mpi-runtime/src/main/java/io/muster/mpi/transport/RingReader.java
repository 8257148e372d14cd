package io.muster.mpi.transport;

import java.lang.foreign.MemorySegment;

/** The consumer's end of a ring; see {@link RingLayout}. One thread at a time. */
final class RingReader {
    private final MemorySegment memory;
    private final long start;
    private final long data;
    private final long capacity;
    private final int peer;
    private final Runnable wake;
    private final Frame frame = new Frame();
    private long taken;
    private long published;
    private boolean broken;

    /** {@code wake} is run each time that room was made for the producer. */
    RingReader(MemorySegment memory, long start, long capacity, int peer, Runnable wake) {
        this.memory = memory;
        this.start = start;
        this.data = start + RingLayout.DATA_AT;
        this.capacity = capacity;
        this.peer = peer;
        this.wake = wake;
    }

    /** Delivers at most {@code limit} frames. */
    int poll(FrameHandler handler, int limit) {
        if (broken) {
            return 0;
        }
        try {
            return deliver(handler, limit);
        } catch (BadFrame e) {
            broken = true;
            handler.onViolation(peer, "it sent " + e.getMessage());
            return 1;
        }
    }

    private int deliver(FrameHandler handler, int limit) {
        int count = 0;
        for (int looked = 0; looked < limit; looked++) {
            long at = data + (taken & (capacity - 1));
            int length = (int) RingLayout.LENGTH.getAcquire(memory, at);
            if (length == 0) {
                break;
            }
            FrameLayout.checkLength(length, Math.min(data + capacity - at, capacity / 4) - FrameLayout.HEADER);
            FrameLayout.read(frame, memory, at, length);
            if (frame.kind != FrameKind.PAD) {
                handler.onFrame(peer, frame);
                count++;
            }
            taken += RingLayout.padded(length);
            if (taken - published >= capacity / 8) {
                published = taken;
                RingLayout.CONSUMED.setRelease(memory, start + RingLayout.CONSUMED_AT, taken);
                wake.run();
            }
        }
        return count;
    }
}
