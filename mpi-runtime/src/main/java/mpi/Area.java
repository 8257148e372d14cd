package mpi;

import io.muster.mpi.buffer.CopyPlan;
import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Memory;
import io.muster.mpi.buffer.PackedView;
import io.muster.mpi.buffer.UserBuffer;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.transport.Frame;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import mpjbuf.BufferException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a buffer that a call is about: checked once, here. Those of a type with gaps are seen through a {@link
 * PackedView}, in which they begin at 0.
 */
record Area(Object base, long offset, long bytes) {
    /** {@code count} elements of {@code type} from primitive element {@code offset} of the buffer on. */
    static Area of(@Nullable Object buffer, int offset, int count, Datatype type) {
        long bytes = bytes(buffer, offset, count, type);
        return new Area(base(buffer, offset, count, type), at(buffer, offset, count, type), bytes);
    }

    /** A copy of the bytes in the order in which they travel. */
    byte[] packed() {
        byte[] copy = new byte[Math.toIntExact(bytes)];
        Memory.copy(base, offset, copy, 0, bytes);
        return copy;
    }

    // The parts of it one by one, for calls that make no object.

    /** The bytes that {@code count} elements are; throws when the buffer does not have them. */
    static long bytes(@Nullable Object buffer, int offset, int count, Datatype type) {
        if (count < 0) {
            throw new Failure(ErrorClass.COUNT, "count is " + count + "; it may not be negative");
        }
        if (count == 0) {
            return 0;
        }
        if (buffer instanceof mpjbuf.Buffer message) {
            return bytes(staticBytes(message), offset, count, type);
        }
        if (type.isNull()) {
            throw new Failure(ErrorClass.TYPE, "the type is " + type);
        }
        CopyPlan plan = type.plan;
        long last = (count - 1L) * plan.extentBytes();
        long at = place(buffer, offset, type);
        long first = at + Math.min(0, last) + plan.firstByte();
        long end = at + Math.max(0, last) + plan.endByte();
        long room = Memory.sizeBytes(array(buffer, type));
        if (offset < 0 || first < 0 || end > room) {
            throw new OutsideBuffer(count + " elements of " + type + " from " + offset + " on are bytes " + first
                    + " to " + end + " of the buffer, which has " + room + " bytes");
        }
        return count * plan.sizeBytes();
    }

    /** What the bytes are read from or written to; without elements, the buffer is not looked at. */
    static Object base(@Nullable Object buffer, int offset, int count, Datatype type) {
        if (count == 0) {
            return Frame.NOTHING;
        }
        if (buffer instanceof mpjbuf.Buffer message) {
            return base(staticBytes(message), offset, count, type);
        }
        Object array = array(buffer, type);
        return type.plan.isContiguous() ? array : new PackedView(array, place(buffer, offset, type), type.plan);
    }

    /** Where the first element lies in the base, in bytes. */
    static long at(@Nullable Object buffer, int offset, int count, Datatype type) {
        if (buffer instanceof mpjbuf.Buffer message) {
            return at(staticBytes(message), offset, count, type);
        }
        return count > 0 && type.plan.isContiguous() ? place(buffer, offset, type) : 0;
    }

    /** The memory of a buffer of MPJ Express, in which a message of {@code MPI.PACKED} lies. */
    static ByteBuffer staticBytes(mpjbuf.Buffer message) {
        try {
            return message.staticBytes();
        } catch (BufferException e) {
            throw new Failure(ErrorClass.BUFFER, String.valueOf(e.getMessage()), e);
        }
    }

    /** The array or memory of a buffer whose element type fits. */
    private static Object array(@Nullable Object buffer, Datatype type) {
        if (type.isObject()) {
            throw new Failure(ErrorClass.UNSUPPORTED_OPERATION, "objects cannot be used in this call");
        }
        Object array = buffer == null ? null : UserBuffer.base(buffer);
        if (array == null) {
            throw new Failure(
                    ErrorClass.BUFFER,
                    "the buffer is "
                            + (buffer == null ? "null" : buffer.getClass().getTypeName())
                            + ", not an array of a primitive type or an NIO buffer");
        }
        if (!(buffer instanceof Buffer) && !fits(array, type)) {
            throw new Failure(
                    ErrorClass.TYPE, "the buffer is " + array.getClass().getTypeName() + ", but the type is " + type);
        }
        return array;
    }

    /** Bytes hold anything; bytes and characters may be those of any array of numbers, as in the Open MPI bindings. */
    private static boolean fits(Object array, Datatype type) {
        boolean raw = type.element == ElementType.BYTE || type.element == ElementType.CHAR;
        return type.element.isArray(array)
                || (raw && !(array instanceof boolean[]))
                || (array instanceof byte[] && type.element != ElementType.BOOLEAN);
    }

    private static long place(@Nullable Object buffer, int offset, Datatype type) {
        int size = type.element.sizeBytes();
        if (!(buffer instanceof Buffer)) {
            return (long) offset * size;
        }
        long start = (long) UserBuffer.start(buffer) * (buffer instanceof ByteBuffer ? 1 : size);
        return start + (long) offset * size;
    }
}
