package io.muster.mpi.buffer;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import org.jspecify.annotations.Nullable;

/** What a program passes as a buffer: a primitive array or an NIO buffer, whose position and limit do not count. */
public final class UserBuffer {
    private UserBuffer() {}

    /** The array or memory segment that holds the data, or null when {@code buffer} is neither kind. */
    public static @Nullable Object base(Object buffer) {
        if (buffer instanceof Buffer nio) {
            return nio.hasArray()
                    ? nio.array()
                    : MemorySegment.ofBuffer(nio.duplicate().clear());
        }
        return Memory.isBase(buffer) ? buffer : null;
    }

    /** Where in its base a buffer starts, in elements. */
    public static int start(Object buffer) {
        return buffer instanceof Buffer nio && nio.hasArray() ? nio.arrayOffset() : 0;
    }
}
