package io.muster.mpi.file;

import io.muster.mpi.buffer.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Access of one rank by itself. Reads of many small ranges take in what lies between (data sieving); writes do not,
 * because other ranks may write there at the same time.
 */
record IndependentAccess(Storage storage, View view) implements DataAccess {
    private static final int PIECE = 4 << 20;
    private static final int SIEVE = 4;

    @Override
    public void write(long position, Object base, long offset, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment own = ownMemory(base);
            MemorySegment staging = own == null ? arena.allocate(Math.min(PIECE, bytes)) : MemorySegment.NULL;
            for (long done = 0; done < bytes; done += PIECE) {
                long length = Math.min(PIECE, bytes - done);
                MemorySegment data;
                if (own == null) {
                    data = staging.asSlice(0, length);
                    Memory.read(base, offset + done, data, 0, length);
                } else {
                    data = own.asSlice(offset + done, length);
                }
                RunList runs = view.runs(position + done, length);
                long at = 0;
                for (int i = 0; i < runs.size(); i++) {
                    storage.write(runs.offset(i), data.asSlice(at, runs.length(i)));
                    at += runs.length(i);
                }
            }
        }
    }

    @Override
    public long read(long position, Object base, long offset, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment own = ownMemory(base);
            MemorySegment staging = own == null ? arena.allocate(Math.min(PIECE, bytes)) : MemorySegment.NULL;
            MemorySegment sieve = MemorySegment.NULL;
            long done = 0;
            while (done < bytes) {
                long length = Math.min(PIECE, bytes - done);
                MemorySegment data = own == null ? staging.asSlice(0, length) : own.asSlice(offset + done, length);
                RunList runs = view.runs(position + done, length);
                long got;
                if (paysToSieve(runs, length)) {
                    sieve = sieve.byteSize() == 0 ? arena.allocate((long) SIEVE * PIECE) : sieve;
                    got = sieved(runs, data, sieve);
                } else {
                    got = oneByOne(runs, data);
                }
                if (own == null) {
                    Memory.write(base, offset + done, data, 0, got);
                }
                done += got;
                if (got < length) {
                    break;
                }
            }
            return done;
        }
    }

    private boolean paysToSieve(RunList runs, long length) {
        return runs.size() > 1 && view.tiling().isSequential() && runs.end() - runs.start() <= SIEVE * length;
    }

    private long oneByOne(RunList runs, MemorySegment data) {
        long done = 0;
        for (int i = 0; i < runs.size(); i++) {
            long got = storage.read(runs.offset(i), data.asSlice(done, runs.length(i)));
            done += got;
            if (got < runs.length(i)) {
                break;
            }
        }
        return done;
    }

    private long sieved(RunList runs, MemorySegment data, MemorySegment sieve) {
        long start = runs.start();
        long got = storage.read(start, sieve.asSlice(0, runs.end() - start));
        long done = 0;
        for (int i = 0; i < runs.size(); i++) {
            long at = runs.offset(i) - start;
            long there = Math.clamp(got - at, 0, runs.length(i));
            MemorySegment.copy(sieve, at, data, done, there);
            done += there;
        }
        return done;
    }

    /** Memory that the operating system can read and write by itself. */
    private static @Nullable MemorySegment ownMemory(Object base) {
        return base instanceof MemorySegment segment && segment.isNative() ? segment : null;
    }
}
