package mpi;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.buffer.UserBuffer;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.transport.Frame;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of a buffer that a call is about: checked once, here. */
record Area(Object base, long offset, long bytes) {
    /** {@code count} elements of {@code type} from element {@code offset} of the buffer on. */
    static Area of(@Nullable Object buffer, int offset, int count, Datatype type) {
        Object base = base(buffer, count, type);
        long bytes = bytes(base, buffer, offset, count, type);
        return new Area(base, at(buffer, offset, type), bytes);
    }

    // The parts of it one by one, for calls that make no object.

    /** The base of a buffer of which {@code count} elements are asked for: without any, it may be null. */
    static Object base(@Nullable Object buffer, int count, Datatype type) {
        return buffer == null && count == 0 ? Frame.NOTHING : base(buffer, type);
    }

    /** How many bytes {@code count} elements are; throws when the buffer does not have them. */
    static long bytes(Object base, @Nullable Object buffer, int offset, int count, Datatype type) {
        if (count < 0) {
            throw new Failure(ErrorClass.COUNT, "count is " + count + "; it may not be negative");
        }
        long bytes = (long) count * type.getSize();
        long end = at(buffer, offset, type) + bytes;
        long room = buffer == null ? end : Memory.sizeBytes(base);
        if (offset < 0 || end > room) {
            throw new Failure(
                    ErrorClass.BUFFER,
                    count + " elements of " + type + " from " + offset + " on end at byte " + end
                            + ", but the buffer has " + room + " bytes");
        }
        return bytes;
    }

    /** The base of a buffer whose element type fits. */
    static Object base(@Nullable Object buffer, Datatype type) {
        Object base = buffer == null ? null : UserBuffer.base(buffer);
        if (base == null) {
            throw new Failure(
                    ErrorClass.BUFFER,
                    "the buffer is "
                            + (buffer == null ? "null" : buffer.getClass().getTypeName())
                            + ", not an array of a primitive type or an NIO buffer");
        }
        if (!(buffer instanceof Buffer) && !type.element.isArray(base)) {
            throw new Failure(
                    ErrorClass.TYPE, "the buffer is " + base.getClass().getTypeName() + ", but the type is " + type);
        }
        return base;
    }

    /** Where element {@code offset} of a buffer lies in its base, in bytes. */
    static long at(@Nullable Object buffer, int offset, Datatype type) {
        int start = buffer == null ? 0 : UserBuffer.start(buffer);
        int startBytes = buffer instanceof ByteBuffer ? 1 : type.element.sizeBytes();
        return (long) start * startBytes + (long) offset * type.element.sizeBytes();
    }
}
