package mpjbuf;

/** Makes static regions for {@link Buffer#Buffer(RawBuffer, int, int)}. Safe for use by many threads. */
public final class BufferFactory {
    private BufferFactory() {}

    /** A static region of {@code capacity} bytes, all zero. */
    public static RawBuffer create(int capacity) {
        return new RawBuffer(capacity);
    }

    /** Ends the use of a region; the same as its {@link RawBuffer#free()}. */
    public static void destroy(RawBuffer region) {
        region.free();
    }
}
