package io.muster.mpi.buffer;

import java.lang.foreign.MemorySegment;

/**
 * A buffer as a plan sees it: a base whose bytes are those that travel, one after the other from 0 on. So whatever
 * moves bytes moves those of derived datatypes too.
 *
 * @param base a primitive array or memory segment
 * @param offset where the first element lies in it, in bytes
 */
public record PackedView(Object base, long offset, CopyPlan plan) {
    void read(long position, MemorySegment to, long toOffset, long length) {
        plan.pack(base, offset, position, to, toOffset, length);
    }

    void write(long position, MemorySegment from, long fromOffset, long length) {
        plan.unpack(base, offset, position, from, fromOffset, length);
    }
}
