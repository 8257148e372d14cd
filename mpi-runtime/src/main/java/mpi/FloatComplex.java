package mpi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** A complex number in a buffer or array, which it reads and writes itself: a real and an imaginary part. */
public class FloatComplex {
    private final FloatBuffer parts;
    private final int offset;

    private FloatComplex(FloatBuffer parts, int index) {
        this.parts = parts;
        this.offset = 2 * index;
    }

    /** The first complex number of a buffer. */
    public static FloatComplex get(FloatBuffer buffer) {
        return new FloatComplex(buffer, 0);
    }

    /** The complex number with this index in a buffer of complex numbers. */
    public static FloatComplex get(FloatBuffer buffer, int index) {
        return new FloatComplex(buffer, index);
    }

    public static FloatComplex get(float[] array) {
        return get(array, 0);
    }

    public static FloatComplex get(float[] array, int index) {
        return new FloatComplex(FloatBuffer.wrap(array), index);
    }

    /** The first complex number of a buffer, in the byte order of the machine. */
    public static FloatComplex get(ByteBuffer buffer) {
        return get(buffer, 0);
    }

    public static FloatComplex get(ByteBuffer buffer, int index) {
        return new FloatComplex(
                buffer.duplicate().clear().order(ByteOrder.nativeOrder()).asFloatBuffer(), index);
    }

    public float getReal() {
        return parts.get(offset);
    }

    public float getImag() {
        return parts.get(offset + 1);
    }

    public void putReal(float real) {
        parts.put(offset, real);
    }

    public void putImag(float imag) {
        parts.put(offset + 1, imag);
    }

    /** The buffer from this number on, to be passed with {@code MPI.FLOAT_COMPLEX}. */
    public FloatBuffer getBuffer() {
        return offset == 0 ? parts : MPI.slice(parts, offset);
    }
}
