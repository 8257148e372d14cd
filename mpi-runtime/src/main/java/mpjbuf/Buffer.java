package mpjbuf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import mpjbuf.Selection.Indexes;
import mpjbuf.Selection.Range;
import mpjbuf.Selection.Region;

/**
 * A message of sections, each with elements of one type: of a primitive type in the static region, whose capacity is
 * fixed, or objects and, on request, primitives in the dynamic region, which grows.
 *
 * <p>It is written first: {@link #putSectionHeader} begins a section, and {@code write}, {@code gather} and {@code
 * strGather} append to it. {@link #commit} makes it readable: {@link #getSectionHeader} goes to the next section, and
 * {@code read}, {@code scatter} and {@code strScatter} take its elements in the order in which they were written. Then
 * {@link #clear} empties it for the next message.
 *
 * <p>Calls that are not allowed in its state throw {@link BufferException} and change nothing. After a failure in the
 * dynamic region, its sections cannot be read: clear it. Not safe for use by many threads.
 */
public class Buffer {
    /** Bytes that the header of a section takes. */
    public static final int SECTION_OVERHEAD = 8;

    /** Sections begin at multiples of so many bytes. */
    public static final int ALIGNMENT_UNIT = 8;

    private final Sections sections;

    /** An empty, writable buffer with a static region of {@code capacity} bytes. */
    public Buffer(int capacity) {
        this(new RawBuffer(capacity), 0, capacity);
    }

    /** An empty, writable buffer over at most {@code capacity} bytes of {@code region} from {@code offset} on. */
    public Buffer(RawBuffer region, int offset, int capacity) {
        sections = new Sections(region, offset, capacity);
    }

    /** Where in the static region the buffer begins, in bytes. */
    public int offset() {
        return sections.start();
    }

    /**
     * Takes the bytes of another message over: {@code length} bytes of {@code source} from {@code sourceOffset} on to
     * byte {@code targetOffset} of the static region, and its dynamic region when {@code dynamicLength} is above 0. The
     * size becomes {@code length}.
     */
    public void copy(
            ByteBuffer source, int sourceOffset, int length, int targetOffset, byte[] dynamicBytes, int dynamicLength) {
        sections.region().slice(targetOffset, length).put(0, source, sourceOffset, length);
        setSize(length);
        if (dynamicLength > 0) {
            setDynamicBuffer(dynamicBytes);
        }
    }

    /** Gives the memory of both regions up; every later call but this one fails. */
    public void free() {
        sections.free();
    }

    /** Makes the buffer readable from its first section on; a readable one is rewound. */
    public void commit() throws BufferException {
        sections.commit();
    }

    /** Empties the buffer and makes it writable, in the byte order of the machine. */
    public void clear() throws BufferException {
        sections.clear();
    }

    /**
     * Begins a section, which is empty.
     *
     * @throws BufferException when the buffer is not writable, or the static region has no room for the header
     */
    public void putSectionHeader(Type type) throws BufferException {
        sections.begin(type);
    }

    /**
     * Goes to the next section; returns its type.
     *
     * @throws BufferException when the buffer is not readable, the section before was not read to its end, or there is
     *     no section any more
     */
    public Type getSectionHeader() throws BufferException {
        return sections.next();
    }

    /** Elements of the current section: all of them when it is read, those so far when it is written. */
    public int getSectionSize() throws BufferException {
        return sections.sectionSize();
    }

    /** Elements of the current section that are not read yet. */
    public int getRemaining() throws BufferException {
        return sections.remaining();
    }

    /**
     * Appends {@code count} elements of {@code source} from {@code offset} on to the section; so do the others.
     *
     * @throws BufferException when the section is of another type, or its region has no room for them
     * @throws ArrayIndexOutOfBoundsException when the array does not have them
     */
    public void write(byte[] source, int offset, int count) throws BufferException {
        sections.put(source, new Range(offset, count));
    }

    public void write(short[] source, int offset, int count) throws BufferException {
        sections.put(source, new Range(offset, count));
    }

    public void write(int[] source, int offset, int count) throws BufferException {
        sections.put(source, new Range(offset, count));
    }

    public void write(long[] source, int offset, int count) throws BufferException {
        sections.put(source, new Range(offset, count));
    }

    public void write(char[] source, int offset, int count) throws BufferException {
        sections.put(source, new Range(offset, count));
    }

    public void write(float[] source, int offset, int count) throws BufferException {
        sections.put(source, new Range(offset, count));
    }

    public void write(double[] source, int offset, int count) throws BufferException {
        sections.put(source, new Range(offset, count));
    }

    public void write(boolean[] source, int offset, int count) throws BufferException {
        sections.put(source, new Range(offset, count));
    }

    public void write(Object[] source, int offset, int count) throws BufferException {
        sections.put(source, new Range(offset, count));
    }

    /** Appends elements whose places are {@code count} of {@code indexes} from {@code first} on. */
    public void gather(byte[] source, int count, int first, int[] indexes) throws BufferException {
        sections.put(source, new Indexes(indexes, first, count));
    }

    public void gather(short[] source, int count, int first, int[] indexes) throws BufferException {
        sections.put(source, new Indexes(indexes, first, count));
    }

    public void gather(int[] source, int count, int first, int[] indexes) throws BufferException {
        sections.put(source, new Indexes(indexes, first, count));
    }

    public void gather(long[] source, int count, int first, int[] indexes) throws BufferException {
        sections.put(source, new Indexes(indexes, first, count));
    }

    public void gather(char[] source, int count, int first, int[] indexes) throws BufferException {
        sections.put(source, new Indexes(indexes, first, count));
    }

    public void gather(float[] source, int count, int first, int[] indexes) throws BufferException {
        sections.put(source, new Indexes(indexes, first, count));
    }

    public void gather(double[] source, int count, int first, int[] indexes) throws BufferException {
        sections.put(source, new Indexes(indexes, first, count));
    }

    public void gather(boolean[] source, int count, int first, int[] indexes) throws BufferException {
        sections.put(source, new Indexes(indexes, first, count));
    }

    public void gather(Object[] source, int count, int first, int[] indexes) throws BufferException {
        sections.put(source, new Indexes(indexes, first, count));
    }

    /**
     * Appends a region of {@code rank} dimensions whose first element is at {@code at}: {@code shape} has the extents
     * of the dimensions from place {@code exts} on, and their strides, in elements, from place {@code strs} on. The
     * last dimension changes fastest.
     */
    public void strGather(byte[] source, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.put(source, Region.of(at, rank, exts, strs, shape));
    }

    public void strGather(short[] source, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.put(source, Region.of(at, rank, exts, strs, shape));
    }

    public void strGather(int[] source, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.put(source, Region.of(at, rank, exts, strs, shape));
    }

    public void strGather(long[] source, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.put(source, Region.of(at, rank, exts, strs, shape));
    }

    public void strGather(char[] source, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.put(source, Region.of(at, rank, exts, strs, shape));
    }

    public void strGather(float[] source, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.put(source, Region.of(at, rank, exts, strs, shape));
    }

    public void strGather(double[] source, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.put(source, Region.of(at, rank, exts, strs, shape));
    }

    public void strGather(boolean[] source, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.put(source, Region.of(at, rank, exts, strs, shape));
    }

    public void strGather(Object[] source, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.put(source, Region.of(at, rank, exts, strs, shape));
    }

    /**
     * Takes the next {@code count} elements of the section to {@code target} from {@code offset} on; so do the others.
     *
     * @throws BufferException when the section is of another type, or has fewer elements left
     * @throws ArrayIndexOutOfBoundsException when the array has no room for them
     */
    public void read(byte[] target, int offset, int count) throws BufferException {
        sections.take(target, new Range(offset, count));
    }

    public void read(short[] target, int offset, int count) throws BufferException {
        sections.take(target, new Range(offset, count));
    }

    public void read(int[] target, int offset, int count) throws BufferException {
        sections.take(target, new Range(offset, count));
    }

    public void read(long[] target, int offset, int count) throws BufferException {
        sections.take(target, new Range(offset, count));
    }

    public void read(char[] target, int offset, int count) throws BufferException {
        sections.take(target, new Range(offset, count));
    }

    public void read(float[] target, int offset, int count) throws BufferException {
        sections.take(target, new Range(offset, count));
    }

    public void read(double[] target, int offset, int count) throws BufferException {
        sections.take(target, new Range(offset, count));
    }

    public void read(boolean[] target, int offset, int count) throws BufferException {
        sections.take(target, new Range(offset, count));
    }

    public void read(Object[] target, int offset, int count) throws BufferException {
        sections.take(target, new Range(offset, count));
    }

    /** Takes elements to the places that are {@code count} of {@code indexes} from {@code first} on. */
    public void scatter(byte[] target, int count, int first, int[] indexes) throws BufferException {
        sections.take(target, new Indexes(indexes, first, count));
    }

    public void scatter(short[] target, int count, int first, int[] indexes) throws BufferException {
        sections.take(target, new Indexes(indexes, first, count));
    }

    public void scatter(int[] target, int count, int first, int[] indexes) throws BufferException {
        sections.take(target, new Indexes(indexes, first, count));
    }

    public void scatter(long[] target, int count, int first, int[] indexes) throws BufferException {
        sections.take(target, new Indexes(indexes, first, count));
    }

    public void scatter(char[] target, int count, int first, int[] indexes) throws BufferException {
        sections.take(target, new Indexes(indexes, first, count));
    }

    public void scatter(float[] target, int count, int first, int[] indexes) throws BufferException {
        sections.take(target, new Indexes(indexes, first, count));
    }

    public void scatter(double[] target, int count, int first, int[] indexes) throws BufferException {
        sections.take(target, new Indexes(indexes, first, count));
    }

    public void scatter(boolean[] target, int count, int first, int[] indexes) throws BufferException {
        sections.take(target, new Indexes(indexes, first, count));
    }

    public void scatter(Object[] target, int count, int first, int[] indexes) throws BufferException {
        sections.take(target, new Indexes(indexes, first, count));
    }

    /** Takes elements to a region as {@link #strGather(byte[], int, int, int, int, int[])} describes it. */
    public void strScatter(byte[] target, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.take(target, Region.of(at, rank, exts, strs, shape));
    }

    public void strScatter(short[] target, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.take(target, Region.of(at, rank, exts, strs, shape));
    }

    public void strScatter(int[] target, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.take(target, Region.of(at, rank, exts, strs, shape));
    }

    public void strScatter(long[] target, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.take(target, Region.of(at, rank, exts, strs, shape));
    }

    public void strScatter(char[] target, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.take(target, Region.of(at, rank, exts, strs, shape));
    }

    public void strScatter(float[] target, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.take(target, Region.of(at, rank, exts, strs, shape));
    }

    public void strScatter(double[] target, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.take(target, Region.of(at, rank, exts, strs, shape));
    }

    public void strScatter(boolean[] target, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.take(target, Region.of(at, rank, exts, strs, shape));
    }

    public void strScatter(Object[] target, int at, int rank, int exts, int strs, int[] shape) throws BufferException {
        sections.take(target, Region.of(at, rank, exts, strs, shape));
    }

    /** The static region, which may begin before and end after this buffer. */
    public RawBuffer getStaticBuffer() {
        return sections.region();
    }

    /** Puts another static region in the place of this one; the buffer then has all of it from its offset on. */
    public void setStaticBuffer(RawBuffer region) {
        sections.setRegion(region);
    }

    /** Byte order of the numbers in the static region when they are read; they are written in that of the machine. */
    public ByteOrder getEncoding() {
        return sections.encoding();
    }

    public void setEncoding(ByteOrder encoding) {
        sections.setEncoding(encoding);
    }

    /** Bytes of the static region that the message takes so far. */
    public int getSize() {
        return sections.size();
    }

    /** Sets the bytes of the static region that the message takes; ends a section that is being written. */
    public void setSize(int size) {
        sections.setSize(size);
    }

    /** Bytes that the static region has for the message. */
    public int getCapacity() {
        return sections.capacity();
    }

    /** The bytes of the dynamic region since the last commit, not a copy; none when it is not used. */
    public byte[] getDynamicBuffer() {
        return sections.dynamic.content();
    }

    /** Takes the dynamic region of another message over, not as a copy. */
    public void setDynamicBuffer(byte[] bytes) {
        sections.dynamic.setContent(bytes);
    }

    /** Whether it can be written; otherwise it can be read, or is freed. */
    public boolean isWritable() {
        return sections.isWritable();
    }

    /** The memory of the message in the static region, not a copy: what a call of MPI sends and receives. */
    public ByteBuffer staticBytes() throws BufferException {
        return sections.bytes();
    }
}
