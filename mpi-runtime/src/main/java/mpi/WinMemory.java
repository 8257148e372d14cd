package mpi;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.buffer.UserBuffer;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.onesided.FixedMemory;
import io.muster.mpi.transport.Frame;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.jspecify.annotations.Nullable;

/** What programs say of the memory of a window: sizes in elements of a buffer, as the Open MPI bindings have it. */
final class WinMemory {
    private WinMemory() {}

    /** The first {@code size} elements of a buffer; its position and limit do not count. */
    static FixedMemory of(@Nullable Buffer buffer, int size) {
        if (size < 0) {
            throw new Failure(ErrorClass.SIZE, "size is " + size + "; it may not be negative");
        }
        if (buffer == null) {
            if (size > 0) {
                throw new Failure(ErrorClass.BUFFER, "the buffer is null, but the size is " + size);
            }
            return new FixedMemory(Frame.NOTHING, 0, 0);
        }
        Object base = UserBuffer.base(buffer);
        if (base == null || buffer.isReadOnly()) {
            throw new Failure(ErrorClass.BUFFER, "the buffer is read-only");
        }
        long start = (long) UserBuffer.start(buffer) * elementBytes(buffer);
        long bytes = (long) size * elementBytes(buffer);
        long room = Memory.sizeBytes(base) - start;
        if (bytes > room) {
            throw new Failure(
                    ErrorClass.SIZE, size + " elements are " + bytes + " bytes; the buffer has " + room + " bytes");
        }
        return new FixedMemory(base, start, bytes);
    }

    /** The bytes that a displacement of the buffer's window counts in. */
    static int unitBytes(@Nullable Buffer buffer, int unit) {
        if (unit <= 0) {
            throw new Failure(ErrorClass.DISP, "displacement unit is " + unit + "; it must be positive");
        }
        return buffer == null ? unit : Math.multiplyExact(unit, elementBytes(buffer));
    }

    /** Bytes of a new window of {@code size} elements as the buffer has them. */
    static long sizeBytes(@Nullable Buffer buffer, int size) {
        if (size < 0) {
            throw new Failure(ErrorClass.SIZE, "size is " + size + "; it may not be negative");
        }
        return buffer == null ? size : (long) size * elementBytes(buffer);
    }

    private static int elementBytes(Buffer buffer) {
        return switch (buffer) {
            case ByteBuffer _ -> 1;
            case CharBuffer _, ShortBuffer _ -> 2;
            case LongBuffer _, DoubleBuffer _ -> 8;
            default -> 4;
        };
    }
}
