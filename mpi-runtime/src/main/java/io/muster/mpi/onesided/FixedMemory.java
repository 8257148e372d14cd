package io.muster.mpi.onesided;

/**
 * Memory that a window exposes from its creation to its end: {@code sizeBytes} bytes from {@code start} on of a
 * primitive array or memory segment.
 */
public record FixedMemory(Object base, long start, long sizeBytes) implements WindowMemory {
    @Override
    public Block.View at(Block block) {
        block.checkWithin(sizeBytes);
        return block.in(base, start);
    }
}
