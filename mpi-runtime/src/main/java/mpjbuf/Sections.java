package mpjbuf;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The sections of a buffer: what may be done when, and where the next elements are written or read. A section in the
 * static region begins at a multiple of 8 bytes:
 *
 * <pre>
 *  byte 0   1 .. 3   4 .. 7                8 ..
 *  type     -        number of elements    elements, when the type is of the static region
 * </pre>
 */
final class Sections {
    private static final int OVERHEAD = Buffer.SECTION_OVERHEAD;
    private static final int COUNT_AT = 4;

    final DynamicRegion dynamic = new DynamicRegion();
    private final int start;
    private RawBuffer region;
    private int capacity;
    private ByteOrder encoding = ByteOrder.nativeOrder();
    private State state = State.WRITABLE;
    private int size;

    private @Nullable Type section;
    private int sectionStart;
    private int sectionSize;
    private int remaining;
    private int readPosition;

    private enum State {
        WRITABLE,
        READABLE,
        FREED
    }

    Sections(RawBuffer region, int start, int capacity) {
        if (start < 0 || capacity < 0 || start > region.getCapacity()) {
            throw new IllegalArgumentException("offset is " + start + " and capacity " + capacity
                    + "; the static region has " + region.getCapacity() + " bytes");
        }
        this.region = region;
        this.start = start;
        this.capacity = Math.min(capacity, region.getCapacity() - start);
    }

    int start() {
        return start;
    }

    int capacity() {
        return capacity;
    }

    int size() {
        return size;
    }

    boolean isWritable() {
        return state == State.WRITABLE;
    }

    ByteOrder encoding() {
        return encoding;
    }

    void setEncoding(ByteOrder order) {
        encoding = order;
    }

    RawBuffer region() {
        return region;
    }

    void setRegion(RawBuffer other) {
        if (start > other.getCapacity()) {
            throw new IllegalArgumentException("the buffer begins at byte " + start
                    + " of its static region; the new one has " + other.getCapacity() + " bytes");
        }
        region = other;
        capacity = other.getCapacity() - start;
        setSize(Math.min(size, capacity));
    }

    void setSize(int bytes) {
        if (bytes < 0 || bytes > capacity) {
            throw new IllegalArgumentException("size is " + bytes + "; the static region has " + capacity + " bytes");
        }
        size = bytes;
        if (isWritable()) {
            section = null;
        }
    }

    ByteBuffer bytes() throws BufferException {
        checkNotFreed();
        return region.slice(start, capacity);
    }

    void free() {
        state = State.FREED;
        dynamic.clear();
        region.free();
    }

    void commit() throws BufferException {
        checkNotFreed();
        dynamic.commit();
        state = State.READABLE;
        section = null;
        remaining = 0;
        readPosition = 0;
    }

    void clear() throws BufferException {
        checkNotFreed();
        dynamic.clear();
        state = State.WRITABLE;
        encoding = ByteOrder.nativeOrder();
        section = null;
        size = 0;
    }

    void begin(Type type) throws BufferException {
        check(State.WRITABLE);
        if (type == Type.UNDEFINED) {
            throw new BufferException("a section cannot be of type UNDEFINED");
        }
        int header = aligned(size);
        checkRoom(header - size + (long) OVERHEAD, "the header of a section");
        region.putByte(start + header, type.getCode());
        region.putInt(start + header + COUNT_AT, 0);
        size = header + OVERHEAD;
        section = type;
        sectionStart = header;
        sectionSize = 0;
    }

    Type next() throws BufferException {
        check(State.READABLE);
        if (remaining > 0) {
            throw new BufferException(
                    remaining + " elements of the section are not read yet; read them before the next section");
        }
        int header = aligned(readPosition);
        if (header > size - OVERHEAD) {
            throw new BufferException("no section is left: the buffer ends at byte " + size);
        }
        Type type = Type.getType(region.getByte(start + header));
        int count = region.getInt(start + header + COUNT_AT, encoding);
        long end = header + OVERHEAD + (long) count * type.staticBytes();
        if (type == Type.UNDEFINED || count < 0 || end > size) {
            throw new BufferException("no header of a section at byte " + header + ": type " + type + ", " + count
                    + " elements, size of the buffer " + size);
        }
        readPosition = header + OVERHEAD;
        section = type;
        sectionSize = count;
        remaining = count;
        return type;
    }

    int sectionSize() throws BufferException {
        current();
        return sectionSize;
    }

    int remaining() throws BufferException {
        check(State.READABLE);
        return remaining;
    }

    void put(Object source, Selection selection) throws BufferException {
        check(State.WRITABLE);
        Type type = currentOf(source);
        selection.checkWithin(Array.getLength(source));
        int count = selection.count();
        if (type.isDynamic()) {
            for (int k = 0; k < count; k++) {
                dynamic.write(source, (int) selection.at(k));
                sectionSize++;
            }
        } else {
            checkRoom((long) count * type.staticBytes(), count + " elements of type " + type);
            for (int k = 0, run; k < count; k += run) {
                run = selection.run(k);
                region.put(start + size, source, (int) selection.at(k), run);
                size += run * type.staticBytes();
            }
            sectionSize += count;
        }
        region.putInt(start + sectionStart + COUNT_AT, sectionSize);
    }

    void take(Object target, Selection selection) throws BufferException {
        check(State.READABLE);
        Type type = currentOf(target);
        selection.checkWithin(Array.getLength(target));
        int count = selection.count();
        if (count > remaining) {
            throw new BufferException("the section has " + remaining + " elements left; " + count + " requested");
        }
        for (int k = 0, run; k < count; k += run) {
            run = type.isDynamic() ? 1 : selection.run(k);
            int place = (int) selection.at(k);
            if (type.isDynamic()) {
                dynamic.read(target, place);
            } else {
                region.get(start + readPosition, target, place, run, encoding);
                readPosition += run * type.staticBytes();
            }
            remaining -= run;
        }
    }

    private Type currentOf(Object array) throws BufferException {
        Type type = current();
        if (!type.holdsElementsOf(array)) {
            throw new BufferException("the section is of type " + type + ", but the array is "
                    + array.getClass().getTypeName());
        }
        return type;
    }

    private Type current() throws BufferException {
        checkNotFreed();
        if (section == null) {
            throw new BufferException(
                    "no section: call " + (isWritable() ? "putSectionHeader" : "getSectionHeader") + " first");
        }
        return section;
    }

    private void check(State required) throws BufferException {
        checkNotFreed();
        if (state != required) {
            throw new BufferException("the buffer is "
                    + (required == State.WRITABLE
                            ? "committed: call clear before"
                            : "being written: call commit before")
                    + " this call");
        }
    }

    private void checkNotFreed() throws BufferException {
        if (state == State.FREED || region.isFreed()) {
            throw new BufferException("the buffer has been freed; make a new one");
        }
    }

    private void checkRoom(long bytes, String what) throws BufferException {
        if (bytes > capacity - size) {
            throw new BufferException("no room for " + what + ": " + bytes + " bytes more than the " + size
                    + " that are taken, the capacity is " + capacity);
        }
    }

    private static int aligned(int position) {
        return (position + Buffer.ALIGNMENT_UNIT - 1) / Buffer.ALIGNMENT_UNIT * Buffer.ALIGNMENT_UNIT;
    }
}
