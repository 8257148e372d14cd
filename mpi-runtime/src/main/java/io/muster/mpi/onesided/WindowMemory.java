package io.muster.mpi.onesided;

/** The memory of this process that a window exposes. Thread-safe. */
public sealed interface WindowMemory permits FixedMemory, AttachedMemory {
    /** The bytes of a block without gaps; throws {@link OutOfRange} when they are not exposed. */
    Block.View at(Block block);

    /** How much memory there is; without limit where it comes and goes. */
    long sizeBytes();
}
