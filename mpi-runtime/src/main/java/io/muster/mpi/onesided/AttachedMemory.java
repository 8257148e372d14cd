package io.muster.mpi.onesided;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.transport.Frame;
import java.util.Map;
import java.util.TreeMap;

/**
 * Memory that a program attaches to a dynamic window and detaches again (MPI 4.1, section 12.2.4). Java buffers have no
 * address that fits a displacement, so each gets one in the window: the lowest free multiple of 64, from 0 on.
 */
public final class AttachedMemory implements WindowMemory {
    private static final int ALIGNMENT = 64;

    private final TreeMap<Long, Region> regions = new TreeMap<>();

    private record Region(Object owner, FixedMemory memory) {}

    /** Attaches memory that {@code owner} stands for; returns its displacement. */
    public synchronized long attach(Object owner, FixedMemory memory) {
        if (find(owner) >= 0) {
            throw new Failure(ErrorClass.RMA_ATTACH, "the buffer is attached already; detach it first");
        }
        long room = Math.max(ALIGNMENT, (memory.sizeBytes() + ALIGNMENT - 1) & -ALIGNMENT);
        long at = 0;
        for (Map.Entry<Long, Region> entry : regions.entrySet()) {
            if (entry.getKey() - at >= room) {
                break;
            }
            long size = Math.max(1, entry.getValue().memory.sizeBytes());
            at = entry.getKey() + ((size + ALIGNMENT - 1) & -ALIGNMENT);
        }
        if (at > Integer.MAX_VALUE) {
            throw new Failure(ErrorClass.RMA_ATTACH, "more than 2 GiB are attached: displacements have 31 bits");
        }
        regions.put(at, new Region(owner, memory));
        return at;
    }

    public synchronized void detach(Object owner) {
        regions.remove(displacement(owner));
    }

    /** Where attached memory begins. */
    public synchronized long displacement(Object owner) {
        long at = find(owner);
        if (at < 0) {
            throw new Failure(ErrorClass.RMA_ATTACH, "the buffer is not attached to the window");
        }
        return at;
    }

    @SuppressWarnings("ReferenceEquality") // buffers with equal contents are equal, and not the same memory
    private long find(Object owner) {
        for (Map.Entry<Long, Region> entry : regions.entrySet()) {
            if (entry.getValue().owner == owner) {
                return entry.getKey();
            }
        }
        return -1;
    }

    @Override
    public synchronized Block.View at(Block block) {
        if (block.bytes() == 0) {
            return new Block.View(Frame.NOTHING, 0);
        }
        Map.Entry<Long, Region> entry = regions.floorEntry(block.first());
        if (entry == null
                || block.end() > entry.getKey() + entry.getValue().memory.sizeBytes()) {
            throw new OutOfRange("bytes " + block.first() + " to " + block.end()
                    + " do not lie in one buffer that is attached at the target");
        }
        FixedMemory memory = entry.getValue().memory;
        return block.in(memory.base(), memory.start() - entry.getKey());
    }

    @Override
    public long sizeBytes() {
        return Long.MAX_VALUE;
    }
}
