package mpi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/** A complex number in a buffer or array, which it reads and writes itself: a real and an imaginary part. */
public class DoubleComplex {
    private final DoubleBuffer parts;
    private final int offset;

    private DoubleComplex(DoubleBuffer parts, int index) {
        this.parts = parts;
        this.offset = 2 * index;
    }

    /** The first complex number of a buffer. */
    public static DoubleComplex get(DoubleBuffer buffer) {
        return new DoubleComplex(buffer, 0);
    }

    /** The complex number with this index in a buffer of complex numbers. */
    public static DoubleComplex get(DoubleBuffer buffer, int index) {
        return new DoubleComplex(buffer, index);
    }

    public static DoubleComplex get(double[] array) {
        return get(array, 0);
    }

    public static DoubleComplex get(double[] array, int index) {
        return new DoubleComplex(DoubleBuffer.wrap(array), index);
    }

    /** The first complex number of a buffer, in the byte order of the machine. */
    public static DoubleComplex get(ByteBuffer buffer) {
        return get(buffer, 0);
    }

    public static DoubleComplex get(ByteBuffer buffer, int index) {
        return new DoubleComplex(
                buffer.duplicate().clear().order(ByteOrder.nativeOrder()).asDoubleBuffer(), index);
    }

    public double getReal() {
        return parts.get(offset);
    }

    public double getImag() {
        return parts.get(offset + 1);
    }

    public void putReal(double real) {
        parts.put(offset, real);
    }

    public void putImag(double imag) {
        parts.put(offset + 1, imag);
    }

    /** The buffer from this number on, to be passed with {@code MPI.DOUBLE_COMPLEX}. */
    public DoubleBuffer getBuffer() {
        return offset == 0 ? parts : MPI.slice(parts, offset);
    }
}
