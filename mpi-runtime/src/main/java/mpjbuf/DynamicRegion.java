package mpjbuf;

import io.muster.mpi.buffer.ContextObjectStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.jspecify.annotations.Nullable;

/** The region of a buffer that grows: elements of all its dynamic sections in one stream of Java serialization. */
final class DynamicRegion {
    private static final byte[] NOTHING = {};

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private @Nullable ObjectOutputStream out;
    private @Nullable ObjectInputStream in;
    private byte[] content = NOTHING;

    byte[] content() {
        return content;
    }

    void setContent(byte[] bytes) {
        clear();
        content = bytes;
    }

    void clear() {
        written.reset();
        out = null;
        in = null;
        content = NOTHING;
    }

    /** Ends writing, when something was written, and goes to the first element. */
    void commit() throws BufferException {
        in = null;
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                throw new BufferException("the dynamic region cannot be ended: " + e, e);
            }
            out = null;
            content = written.toByteArray();
            written.reset();
        }
    }

    void write(Object array, int index) throws BufferException {
        try {
            if (out == null) {
                out = new ObjectOutputStream(written);
            }
            write(out, array, index);
        } catch (IOException e) {
            throw new BufferException("element " + index + " cannot be written to the dynamic region: " + e, e);
        }
    }

    void read(Object array, int index) throws BufferException {
        try {
            if (in == null) {
                in = new ContextObjectStream(new ByteArrayInputStream(content));
            }
            read(in, array, index);
        } catch (IOException e) {
            throw new BufferException("element " + index + " cannot be read from the dynamic region: " + e, e);
        } catch (ClassNotFoundException e) {
            throw new BufferException("class " + e.getMessage() + " is not on the class path of this rank", e);
        }
    }

    private static void write(ObjectOutputStream out, Object array, int i) throws IOException {
        switch (array) {
            case byte[] values -> out.writeByte(values[i]);
            case char[] values -> out.writeChar(values[i]);
            case short[] values -> out.writeShort(values[i]);
            case boolean[] values -> out.writeBoolean(values[i]);
            case int[] values -> out.writeInt(values[i]);
            case long[] values -> out.writeLong(values[i]);
            case float[] values -> out.writeFloat(values[i]);
            case double[] values -> out.writeDouble(values[i]);
            case Object[] values -> out.writeObject(values[i]);
            default -> throw new IllegalArgumentException("not an array: " + array.getClass());
        }
    }

    private static void read(ObjectInputStream in, Object array, int i) throws IOException, ClassNotFoundException {
        switch (array) {
            case byte[] values -> values[i] = in.readByte();
            case char[] values -> values[i] = in.readChar();
            case short[] values -> values[i] = in.readShort();
            case boolean[] values -> values[i] = in.readBoolean();
            case int[] values -> values[i] = in.readInt();
            case long[] values -> values[i] = in.readLong();
            case float[] values -> values[i] = in.readFloat();
            case double[] values -> values[i] = in.readDouble();
            case Object[] values -> store(values, i, in.readObject());
            default -> throw new IllegalArgumentException("not an array: " + array.getClass());
        }
    }

    private static void store(Object[] values, int i, Object value) throws IOException {
        try {
            values[i] = value;
        } catch (ArrayStoreException e) {
            throw new IOException("it is no element of " + values.getClass().getTypeName(), e);
        }
    }
}
