package io.muster.mpi.transport;

import static io.muster.mpi.transport.RingLayout.LONG;
import static io.muster.mpi.transport.RingLayout.SLOT;

import java.lang.foreign.MemorySegment;

/** The consumer's end of a ring; see {@link RingLayout}. One thread at a time. */
final class RingReader {
    private final MemorySegment memory;
    private final long start;
    private final long data;
    private final long capacity;
    private final int slots;
    private final int slotBits;
    private final int peer;
    private final Runnable wake;
    private final Frame frame = new Frame();
    private long taken;
    private long published;
    private long dataTaken;
    private long dataPublished;
    private long endOfData;
    private boolean broken;

    /** {@code wake} is run each time that room was made for the producer. */
    RingReader(MemorySegment memory, long start, long capacity, int peer, Runnable wake) {
        this.memory = memory;
        this.start = start;
        this.data = start + RingLayout.dataAt(capacity);
        this.capacity = capacity;
        this.slots = RingLayout.slots(capacity);
        this.slotBits = Integer.numberOfTrailingZeros(slots);
        this.peer = peer;
        this.wake = wake;
    }

    /** Delivers at most {@code limit} frames. */
    int poll(FrameHandler handler, int limit) {
        if (broken) {
            return 0;
        }
        for (int count = 0; count < limit; count++) {
            long slot = start + RingLayout.SLOTS_AT + (taken & (slots - 1)) * SLOT;
            long word = (long) RingLayout.WORD.getAcquire(memory, slot);
            if (RingLayout.lapOf(word) != RingLayout.lap(taken, slotBits)) {
                return count;
            }
            if (!deliver(handler, slot, word)) {
                return count + 1;
            }
        }
        return limit;
    }

    private boolean deliver(FrameHandler handler, long slot, long word) {
        try {
            read(slot, word);
            handler.onFrame(peer, frame);
        } catch (BadFrame e) {
            broken = true;
            handler.onViolation(peer, "it sent " + e.getMessage());
            return false;
        }
        taken++;
        dataTaken = endOfData;
        if (taken - published >= slots / 4 || dataTaken - dataPublished >= capacity / 8) {
            publish();
        }
        return true;
    }

    private void read(long slot, long word) {
        int length = RingLayout.lengthOf(word);
        frame.kind = FrameKind.of(RingLayout.kindOf(word));
        long contextAndTag = memory.get(LONG, slot + RingLayout.CONTEXT_AND_TAG_AT);
        frame.context = (int) contextAndTag;
        frame.tag = (int) (contextAndTag >>> Integer.SIZE);
        frame.size = memory.get(LONG, slot + RingLayout.SIZE_AT);
        long handles = memory.get(LONG, slot + RingLayout.HANDLES_AT);
        frame.senderHandle = (int) handles;
        frame.receiverHandle = (int) (handles >>> Integer.SIZE);
        if (length >= 0 && length <= RingLayout.INLINE) {
            frame.payload(memory, slot + RingLayout.PAYLOAD_AT, length);
        } else {
            readFromData(memory.get(LONG, slot + RingLayout.PAYLOAD_AT), length);
        }
    }

    private void readFromData(long position, int length) {
        long at = position & (capacity - 1);
        if (length < 0 || length > RingLayout.maxPayload(capacity) || at + length > capacity || position < dataTaken) {
            throw new BadFrame("a frame of " + length + " bytes at " + position + " of a ring; 0 to "
                    + RingLayout.maxPayload(capacity) + " from " + dataTaken + " on are allowed");
        }
        frame.payload(memory, data + at, length);
        endOfData = position + RingLayout.padded(length);
    }

    private void publish() {
        published = taken;
        dataPublished = dataTaken;
        RingLayout.WORD.setRelease(memory, start + RingLayout.DATA_TAKEN_AT, dataTaken);
        RingLayout.WORD.setRelease(memory, start + RingLayout.TAKEN_AT, taken);
        wake.run();
    }
}
