package io.muster.mpi.file;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.buffer.Signature;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Turns values from the byte order of this machine to big endian and back, in a copy of the whole buffer. */
record External32Access(DataAccess below, Signature signature) implements DataAccess {
    @Override
    public void write(long position, Object base, long offset, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment packed = arena.allocate(bytes, Long.BYTES);
            Memory.read(base, offset, packed, 0, bytes);
            signature.swap(packed, bytes);
            below.write(position, packed, 0, bytes);
        }
    }

    @Override
    public long read(long position, Object base, long offset, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment packed = arena.allocate(bytes, Long.BYTES);
            long got = below.read(position, packed, 0, bytes);
            signature.swap(packed, got);
            Memory.write(base, offset, packed, 0, got);
            return got;
        }
    }
}
