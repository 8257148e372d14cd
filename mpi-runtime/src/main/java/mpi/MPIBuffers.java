package mpi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/** Making and slicing buffers, as {@link MPI} offers it. Public so that reflection reaches it. */
public abstract sealed class MPIBuffers extends MPIConstants permits MPI {
    MPIBuffers() {}

    /** A direct buffer of {@code capacity} elements in native byte order. */
    public static ByteBuffer newByteBuffer(int capacity) {
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    }

    /** The part of a buffer from element {@code offset} on. */
    public static ByteBuffer slice(ByteBuffer buf, int offset) {
        return buf.slice(offset, buf.capacity() - offset).order(ByteOrder.nativeOrder());
    }

    /** The part of an array from element {@code offset} on. */
    public static ByteBuffer slice(byte[] buf, int offset) {
        return ByteBuffer.wrap(buf).slice(offset, buf.length - offset).order(ByteOrder.nativeOrder());
    }

    /** A direct buffer of {@code capacity} elements in native byte order. */
    public static CharBuffer newCharBuffer(int capacity) {
        return newByteBuffer(2 * capacity).asCharBuffer();
    }

    /** The part of a buffer from element {@code offset} on. */
    public static CharBuffer slice(CharBuffer buf, int offset) {
        return buf.slice(offset, buf.capacity() - offset);
    }

    /** The part of an array from element {@code offset} on. */
    public static CharBuffer slice(char[] buf, int offset) {
        return CharBuffer.wrap(buf).slice(offset, buf.length - offset);
    }

    /** A direct buffer of {@code capacity} elements in native byte order. */
    public static ShortBuffer newShortBuffer(int capacity) {
        return newByteBuffer(2 * capacity).asShortBuffer();
    }

    /** The part of a buffer from element {@code offset} on. */
    public static ShortBuffer slice(ShortBuffer buf, int offset) {
        return buf.slice(offset, buf.capacity() - offset);
    }

    /** The part of an array from element {@code offset} on. */
    public static ShortBuffer slice(short[] buf, int offset) {
        return ShortBuffer.wrap(buf).slice(offset, buf.length - offset);
    }

    /** A direct buffer of {@code capacity} elements in native byte order. */
    public static IntBuffer newIntBuffer(int capacity) {
        return newByteBuffer(4 * capacity).asIntBuffer();
    }

    /** The part of a buffer from element {@code offset} on. */
    public static IntBuffer slice(IntBuffer buf, int offset) {
        return buf.slice(offset, buf.capacity() - offset);
    }

    /** The part of an array from element {@code offset} on. */
    public static IntBuffer slice(int[] buf, int offset) {
        return IntBuffer.wrap(buf).slice(offset, buf.length - offset);
    }

    /** A direct buffer of {@code capacity} elements in native byte order. */
    public static LongBuffer newLongBuffer(int capacity) {
        return newByteBuffer(8 * capacity).asLongBuffer();
    }

    /** The part of a buffer from element {@code offset} on. */
    public static LongBuffer slice(LongBuffer buf, int offset) {
        return buf.slice(offset, buf.capacity() - offset);
    }

    /** The part of an array from element {@code offset} on. */
    public static LongBuffer slice(long[] buf, int offset) {
        return LongBuffer.wrap(buf).slice(offset, buf.length - offset);
    }

    /** A direct buffer of {@code capacity} elements in native byte order. */
    public static FloatBuffer newFloatBuffer(int capacity) {
        return newByteBuffer(4 * capacity).asFloatBuffer();
    }

    /** The part of a buffer from element {@code offset} on. */
    public static FloatBuffer slice(FloatBuffer buf, int offset) {
        return buf.slice(offset, buf.capacity() - offset);
    }

    /** The part of an array from element {@code offset} on. */
    public static FloatBuffer slice(float[] buf, int offset) {
        return FloatBuffer.wrap(buf).slice(offset, buf.length - offset);
    }

    /** A direct buffer of {@code capacity} elements in native byte order. */
    public static DoubleBuffer newDoubleBuffer(int capacity) {
        return newByteBuffer(8 * capacity).asDoubleBuffer();
    }

    /** The part of a buffer from element {@code offset} on. */
    public static DoubleBuffer slice(DoubleBuffer buf, int offset) {
        return buf.slice(offset, buf.capacity() - offset);
    }

    /** The part of an array from element {@code offset} on. */
    public static DoubleBuffer slice(double[] buf, int offset) {
        return DoubleBuffer.wrap(buf).slice(offset, buf.length - offset);
    }
}
