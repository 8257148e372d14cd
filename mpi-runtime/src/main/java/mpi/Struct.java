package mpi;

import io.muster.mpi.buffer.CopyPlan;
import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.engine.ErrorClass;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A structure of a program's own, in byte arrays and byte buffers (MPI 4.1, section 5.1.2). A subclass adds its fields
 * when it is made, and has an inner subclass of {@link Data} whose methods read and write them:
 *
 * <pre>
 *   class Particle extends Struct {
 *       final int charge = addInt();
 *       final int place = addDouble(3);
 *
 *       protected Data newData() {
 *           return new Data();
 *       }
 *
 *       class Data extends Struct.Data {
 *           int charge() { return getInt(charge); }
 *           double place(int axis) { return getDouble(place, axis); }
 *       }
 *   }
 * </pre>
 *
 * Fields lie one after the other without gaps unless {@link #setOffset} says where the next one goes. The end lies
 * at a multiple of the size of its largest primitive. Not thread-safe until its type is asked for.
 */
@SuppressWarnings("TypeParameterUnusedInFormals") // the caller names the inner class that it asks for
public abstract class Struct {
    private final List<Field> fields = new ArrayList<>();
    private int offset;
    private int end;
    private int alignment = 1;
    private @Nullable Datatype type;

    public Struct() {}

    private record Field(Datatype type, int offset, int length) {}

    /** A new object of the inner class, for {@code getData}. */
    protected abstract Data newData();

    /** Bytes from one structure to the next. No fields can be added afterwards. */
    public final int getExtent() {
        return getType().getExtent();
    }

    /** The datatype for messages. No fields can be added afterwards. */
    public final Datatype getType() {
        Datatype made = type;
        if (made == null) {
            made = makeType(plan());
            type = made;
        }
        return made;
    }

    Datatype makeType(CopyPlan plan) {
        return new Datatype(ElementType.BYTE, plan, getClass().getSimpleName());
    }

    private CopyPlan plan() {
        long[] places = new long[fields.size()];
        CopyPlan[] plans = new CopyPlan[fields.size()];
        for (int i = 0; i < plans.length; i++) {
            Field field = fields.get(i);
            places[i] = field.offset;
            plans[i] = field.type.plan.repeat(field.length, field.type.plan.extentBytes());
        }
        long extent = (long) Math.ceilDiv(end, alignment) * alignment;
        return CopyPlan.joined(places, plans).resized(0, extent);
    }

    /** The structure at the beginning of a buffer; it reads and writes the buffer itself. */
    public final <T extends Data> T getData(ByteBuffer buffer) {
        return at(buffer, 0);
    }

    /** The structure with this index in a buffer of structures. */
    public final <T extends Data> T getData(ByteBuffer buffer, int index) {
        return at(buffer, Math.multiplyExact(index, getExtent()));
    }

    /** The structure at the beginning of an array; it reads and writes the array itself. */
    public final <T extends Data> T getData(byte[] array) {
        return at(ByteBuffer.wrap(array).order(ByteOrder.nativeOrder()), 0);
    }

    /** The structure with this index in an array of structures. */
    public final <T extends Data> T getData(byte[] array, int index) {
        return at(ByteBuffer.wrap(array).order(ByteOrder.nativeOrder()), Math.multiplyExact(index, getExtent()));
    }

    @SuppressWarnings("unchecked") // newData makes what the caller names
    private <T extends Data> T at(ByteBuffer buffer, int start) {
        Data data = newData();
        data.buffer = buffer;
        data.start = start;
        return (T) data;
    }

    /** The next field begins at this byte. */
    public final Struct setOffset(int offset) {
        if (offset < 0) {
            throw new MPIException(ErrorClass.ARG, "Struct.setOffset: offset " + offset + " is negative");
        }
        this.offset = offset;
        return this;
    }

    /** Adds a field; returns the number by which {@link Data} knows it, as all of these do. */
    public final int addByte() {
        return addByte(1);
    }

    public final int addByte(int length) {
        return add(MPI.BYTE, length);
    }

    public final int addChar() {
        return addChar(1);
    }

    public final int addChar(int length) {
        return add(MPI.CHAR, length);
    }

    public final int addShort() {
        return addShort(1);
    }

    public final int addShort(int length) {
        return add(MPI.SHORT, length);
    }

    public final int addInt() {
        return addInt(1);
    }

    public final int addInt(int length) {
        return add(MPI.INT, length);
    }

    public final int addLong() {
        return addLong(1);
    }

    public final int addLong(int length) {
        return add(MPI.LONG, length);
    }

    public final int addFloat() {
        return addFloat(1);
    }

    public final int addFloat(int length) {
        return add(MPI.FLOAT, length);
    }

    public final int addDouble() {
        return addDouble(1);
    }

    public final int addDouble(int length) {
        return add(MPI.DOUBLE, length);
    }

    public final int addStruct(Struct struct) {
        return addStruct(struct, 1);
    }

    public final int addStruct(Struct struct, int length) {
        Datatype inner = struct.getType();
        alignment = Math.max(alignment, struct.alignment);
        return add(inner, length);
    }

    public final int addData(Datatype type) {
        return addData(type, 1);
    }

    public final int addData(Datatype type, int length) {
        return add(type, length);
    }

    private int add(Datatype fieldType, int length) {
        if (type != null || length < 0) {
            throw new MPIException(
                    ErrorClass.ARG,
                    length < 0 ? "Struct: a length is negative" : "Struct: fields come before the type is used");
        }
        int place = offset;
        fields.add(new Field(fieldType, place, length));
        offset = Math.addExact(place, Math.multiplyExact(length, (int) fieldType.plan.extentBytes()));
        end = Math.max(end, offset);
        alignment = Math.max(alignment, fieldType.element.sizeBytes());
        return place;
    }

    /** One structure in a buffer. Fields are known by the numbers that adding them gave, their elements by index. */
    public abstract class Data {
        private ByteBuffer buffer = ByteBuffer.allocate(0);
        private int start;

        public Data() {}

        /** The buffer from the structure on. */
        public final ByteBuffer getBuffer() {
            return start == 0 ? buffer : MPI.slice(buffer, start);
        }

        /** The part of the buffer from a field of {@code type} on. */
        protected final ByteBuffer getBuffer(Datatype type, int field) {
            return getBuffer(type, field, 0);
        }

        protected final ByteBuffer getBuffer(Datatype type, int field, int index) {
            return MPI.slice(buffer, start + field + index * (int) type.plan.extentBytes());
        }

        /** A field that is a structure. */
        protected final <T extends Data> T getData(Struct struct, int field) {
            return struct.at(buffer, start + field);
        }

        protected final <T extends Data> T getData(Struct struct, int field, int index) {
            return struct.at(buffer, start + field + index * struct.getExtent());
        }

        protected final byte getByte(int field) {
            return buffer.get(start + field);
        }

        protected final byte getByte(int field, int index) {
            return buffer.get(start + field + index);
        }

        protected final void putByte(int field, byte value) {
            buffer.put(start + field, value);
        }

        protected final void putByte(int field, int index, byte value) {
            buffer.put(start + field + index, value);
        }

        protected final char getChar(int field) {
            return buffer.getChar(start + field);
        }

        protected final char getChar(int field, int index) {
            return buffer.getChar(start + field + index * Character.BYTES);
        }

        protected final void putChar(int field, char value) {
            buffer.putChar(start + field, value);
        }

        protected final void putChar(int field, int index, char value) {
            buffer.putChar(start + field + index * Character.BYTES, value);
        }

        protected final short getShort(int field) {
            return buffer.getShort(start + field);
        }

        protected final short getShort(int field, int index) {
            return buffer.getShort(start + field + index * Short.BYTES);
        }

        protected final void putShort(int field, short value) {
            buffer.putShort(start + field, value);
        }

        protected final void putShort(int field, int index, short value) {
            buffer.putShort(start + field + index * Short.BYTES, value);
        }

        protected final int getInt(int field) {
            return buffer.getInt(start + field);
        }

        protected final int getInt(int field, int index) {
            return buffer.getInt(start + field + index * Integer.BYTES);
        }

        protected final void putInt(int field, int value) {
            buffer.putInt(start + field, value);
        }

        protected final void putInt(int field, int index, int value) {
            buffer.putInt(start + field + index * Integer.BYTES, value);
        }

        protected final long getLong(int field) {
            return buffer.getLong(start + field);
        }

        protected final long getLong(int field, int index) {
            return buffer.getLong(start + field + index * Long.BYTES);
        }

        protected final void putLong(int field, long value) {
            buffer.putLong(start + field, value);
        }

        protected final void putLong(int field, int index, long value) {
            buffer.putLong(start + field + index * Long.BYTES, value);
        }

        protected final float getFloat(int field) {
            return buffer.getFloat(start + field);
        }

        protected final float getFloat(int field, int index) {
            return buffer.getFloat(start + field + index * Float.BYTES);
        }

        protected final void putFloat(int field, float value) {
            buffer.putFloat(start + field, value);
        }

        protected final void putFloat(int field, int index, float value) {
            buffer.putFloat(start + field + index * Float.BYTES, value);
        }

        protected final double getDouble(int field) {
            return buffer.getDouble(start + field);
        }

        protected final double getDouble(int field, int index) {
            return buffer.getDouble(start + field + index * Double.BYTES);
        }

        protected final void putDouble(int field, double value) {
            buffer.putDouble(start + field, value);
        }

        protected final void putDouble(int field, int index, double value) {
            buffer.putDouble(start + field + index * Double.BYTES, value);
        }
    }
}
