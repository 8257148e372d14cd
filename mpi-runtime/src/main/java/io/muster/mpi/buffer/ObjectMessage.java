package io.muster.mpi.buffer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/**
 * Objects as the bytes of a message, by Java serialization: their number, then one after the other in one stream, so
 * that what they share stays shared. Who receives chooses what may be read with the filter of the JVM ({@code
 * -Djdk.serialFilter=…}).
 */
public final class ObjectMessage {
    private ObjectMessage() {}

    /**
     * {@code count} objects of an array from {@code offset} on.
     *
     * @throws IOException when one of them cannot be serialized
     */
    public static byte[] of(Object[] objects, int offset, int count) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeInt(count);
            for (int i = 0; i < count; i++) {
                out.writeObject(objects[offset + i]);
            }
        }
        return bytes.toByteArray();
    }

    /**
     * Puts the objects of a message of {@code length} bytes, which begins at {@code at}, into an array from {@code
     * offset} on, at most {@code room} of them.
     *
     * @return how many objects the message has
     * @throws IOException when the bytes are no such message, or a class is unknown here or refused by the filter
     */
    public static int read(byte[] bytes, int at, int length, Object[] objects, int offset, int room)
            throws IOException {
        try (ObjectInputStream in = new ContextObjectStream(new ByteArrayInputStream(bytes, at, length))) {
            int count = in.readInt();
            for (int i = 0; i < Math.min(count, room); i++) {
                objects[offset + i] = in.readObject();
            }
            return count;
        } catch (ClassNotFoundException e) {
            throw new IOException("class " + e.getMessage() + " is not on the class path of this rank", e);
        }
    }
}
