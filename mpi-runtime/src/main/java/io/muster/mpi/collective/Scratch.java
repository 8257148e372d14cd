package io.muster.mpi.collective;

import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Memory;
import org.jspecify.annotations.Nullable;

/** Arrays to receive operands in, one a type, kept from one operation to the next. One thread at a time. */
public final class Scratch {
    private static final int MAX_KEPT_BYTES = 4 << 20;

    private final @Nullable Object[] arrays = new Object[ElementType.values().length];

    /** An array of at least {@code count} elements with any content, until the next call for this type. */
    @SuppressWarnings("EnumOrdinal") // an index into the array above
    public Object of(ElementType type, int count) {
        if ((long) count * type.sizeBytes() > MAX_KEPT_BYTES) {
            return type.newArray(count);
        }
        Object kept = arrays[type.ordinal()];
        if (kept == null || Memory.length(kept) < count) {
            kept = type.newArray(count);
            arrays[type.ordinal()] = kept;
        }
        return kept;
    }
}
