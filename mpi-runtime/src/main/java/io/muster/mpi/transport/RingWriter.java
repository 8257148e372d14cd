package io.muster.mpi.transport;

import static io.muster.mpi.transport.RingLayout.LINE;

import java.lang.foreign.MemorySegment;

/** The producer's end of a ring; see {@link RingLayout}. One thread at a time. */
final class RingWriter implements Link {
    private final MemorySegment memory;
    private final long start;
    private final long data;
    private final long capacity;
    private final Runnable wake;
    private long produced;
    private long consumed;

    /**
     * A ring of {@code capacity} bytes, a power of two, that starts at {@code start} of zeroed {@code memory}; {@code
     * wake} is run after each frame.
     */
    RingWriter(MemorySegment memory, long start, long capacity, Runnable wake) {
        this.memory = memory;
        this.start = start;
        this.data = start + RingLayout.DATA_AT;
        this.capacity = capacity;
        this.wake = wake;
    }

    @Override
    public int maxPayload() {
        return RingLayout.maxPayload(capacity);
    }

    @Override
    public boolean offer(Frame frame) {
        int length = FrameLayout.HEADER + frame.length;
        long needed = RingLayout.padded(length);
        long toEnd = capacity - (produced & (capacity - 1));
        long pad = needed > toEnd ? toEnd : 0;
        if (!hasRoom(pad + needed + LINE)) {
            return false;
        }
        if (pad > 0) {
            memory.set(FrameLayout.INT, at(produced) + FrameLayout.KIND_AT, FrameKind.PAD.code());
            publish((int) pad, pad);
        }
        FrameLayout.write(frame, memory, at(produced));
        publish(length, needed);
        wake.run();
        return true;
    }

    private void publish(int length, long padded) {
        long next = produced + padded;
        RingLayout.LENGTH.set(memory, at(next), 0);
        RingLayout.LENGTH.setRelease(memory, at(produced), length);
        produced = next;
    }

    private boolean hasRoom(long bytes) {
        if (produced + bytes - consumed <= capacity) {
            return true;
        }
        consumed = (long) RingLayout.CONSUMED.getAcquire(memory, start + RingLayout.CONSUMED_AT);
        return produced + bytes - consumed <= capacity;
    }

    private long at(long position) {
        return data + (position & (capacity - 1));
    }
}
