package mpi;

import io.muster.mpi.buffer.GrowingBytes;
import io.muster.mpi.buffer.ObjectMessage;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Objects that are received: their bytes come first, and become objects in the program's array when all are there. */
@SuppressWarnings("ArrayRecordComponent") // the array of the program, to put objects into
record ObjectReceive(Object[] objects, int offset, int count, GrowingBytes bytes) {
    static ObjectReceive into(@Nullable Object buffer, int offset, int count) {
        return new ObjectReceive(checked(buffer, offset, count), offset, count, new GrowingBytes());
    }

    /** The bytes of objects that are sent. */
    static byte[] bytesOf(@Nullable Object buffer, int offset, int count) {
        try {
            return ObjectMessage.of(checked(buffer, offset, count), offset, count);
        } catch (IOException e) {
            throw new Failure(ErrorClass.BUFFER, "an object cannot be serialized: " + e, e);
        }
    }

    /** Puts the objects into the array; completes the status. */
    Status finish(Status status) {
        if (status.isCancelled() || bytes.isEmpty()) {
            return status;
        }
        status.countObjects(read(bytes.array(), 0, bytes.size()));
        return status;
    }

    /** Puts the objects of {@code length} bytes from {@code at} on into the array; returns how many there are. */
    int read(byte[] message, int at, int length) {
        int came;
        try {
            came = ObjectMessage.read(message, at, length, objects, offset, count);
        } catch (IOException e) {
            throw new Failure(ErrorClass.TYPE, "the message has no objects that can be read here: " + e, e);
        }
        if (came > count) {
            throw new Failure(
                    ErrorClass.TRUNCATE, "the message has " + came + " objects, the buffer only room for " + count);
        }
        return came;
    }

    private static Object[] checked(@Nullable Object buffer, int offset, int count) {
        if (!(buffer instanceof Object[] objects)) {
            throw new Failure(
                    ErrorClass.BUFFER,
                    "the buffer is "
                            + (buffer == null ? "null" : buffer.getClass().getTypeName())
                            + ", but the type is MPI.OBJECT: pass an array of objects");
        }
        if (count < 0 || offset < 0 || offset > objects.length - count) {
            String what = count + " objects from " + offset + " on of an array of " + objects.length;
            throw count < 0 ? new Failure(ErrorClass.COUNT, what) : new OutsideBuffer(what);
        }
        return objects;
    }
}
