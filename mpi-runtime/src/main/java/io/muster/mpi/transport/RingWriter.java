package io.muster.mpi.transport;

import static io.muster.mpi.transport.RingLayout.LONG;
import static io.muster.mpi.transport.RingLayout.SLOT;

import io.muster.mpi.buffer.Memory;
import java.lang.foreign.MemorySegment;

/** The producer's end of a ring; see {@link RingLayout}. One thread at a time. */
final class RingWriter implements Link {
    private static final long NO_ROOM = -1;

    private final MemorySegment memory;
    private final long start;
    private final long data;
    private final long capacity;
    private final int slots;
    private final int slotBits;
    private final Runnable wake;
    private long produced;
    private long dataProduced;
    private long taken;
    private long dataTaken;

    /**
     * A ring with {@code capacity} bytes of data, a power of two, that starts at {@code start} of zeroed {@code
     * memory}; {@code wake} is run after each frame.
     */
    RingWriter(MemorySegment memory, long start, long capacity, Runnable wake) {
        this.memory = memory;
        this.start = start;
        this.data = start + RingLayout.dataAt(capacity);
        this.capacity = capacity;
        this.slots = RingLayout.slots(capacity);
        this.slotBits = Integer.numberOfTrailingZeros(slots);
        this.wake = wake;
    }

    @Override
    public int maxPayload() {
        return RingLayout.maxPayload(capacity);
    }

    @Override
    public boolean offer(Frame frame) {
        if (produced - taken == slots && !slotWasTaken()) {
            return false;
        }
        int length = frame.length;
        long slot = start + RingLayout.SLOTS_AT + (produced & (slots - 1)) * SLOT;
        if (length <= RingLayout.INLINE) {
            Memory.read(frame.base, frame.offset, memory, slot + RingLayout.PAYLOAD_AT, length);
        } else {
            long position = placeFor(length);
            if (position == NO_ROOM) {
                return false;
            }
            Memory.read(frame.base, frame.offset, memory, data + (position & (capacity - 1)), length);
            memory.set(LONG, slot + RingLayout.PAYLOAD_AT, position);
            dataProduced = position + RingLayout.padded(length);
        }
        memory.set(LONG, slot + RingLayout.CONTEXT_AND_TAG_AT, RingLayout.pair(frame.context, frame.tag));
        memory.set(LONG, slot + RingLayout.SIZE_AT, frame.size);
        memory.set(LONG, slot + RingLayout.HANDLES_AT, RingLayout.pair(frame.senderHandle, frame.receiverHandle));
        long lap = RingLayout.lap(produced, slotBits);
        RingLayout.WORD.setRelease(memory, slot, RingLayout.word(lap, frame.kind.code(), length));
        produced++;
        wake.run();
        return true;
    }

    private boolean slotWasTaken() {
        taken = (long) RingLayout.WORD.getAcquire(memory, start + RingLayout.TAKEN_AT);
        return produced - taken < slots;
    }

    /** Where a payload goes: in one piece, so at the start again when it does not fit before the end. */
    private long placeFor(int length) {
        long toEnd = capacity - (dataProduced & (capacity - 1));
        long position = length <= toEnd ? dataProduced : dataProduced + toEnd;
        long end = position + RingLayout.padded(length);
        if (end - dataTaken > capacity) {
            dataTaken = (long) RingLayout.WORD.getAcquire(memory, start + RingLayout.DATA_TAKEN_AT);
        }
        return end - dataTaken > capacity ? NO_ROOM : position;
    }
}
