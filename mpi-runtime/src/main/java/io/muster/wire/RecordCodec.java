package io.muster.wire;

import java.io.IOException;

/**
 * Records to bytes and back, by reflection over their components. Thread-safe.
 *
 * <p>A component may be int, long, boolean, double, String, byte[], an enum, Duration, Optional, List, Map, a record,
 * or a sealed interface of records. Integers are big-endian, fixed size; text, arrays, lists and maps have their length
 * before them; an optional one byte; a value of a sealed interface the simple name of its record; an enum its name. A
 * type cannot contain itself.
 *
 * @param <T> a record, or a sealed interface of records
 */
public final class RecordCodec<T> {
    private final Class<T> root;
    private final Shape shape;

    private RecordCodec(Class<T> root) {
        this.root = root;
        this.shape = Shapes.of(root);
    }

    /**
     * Makes a codec.
     *
     * @throws IllegalArgumentException when a component has a type that cannot be sent
     */
    public static <T> RecordCodec<T> of(Class<T> root) {
        return new RecordCodec<>(root);
    }

    /** The bytes of a record. */
    public byte[] encode(T record) {
        ShapeWriter out = new ShapeWriter();
        shape.write(out, record);
        return out.toByteArray();
    }

    /**
     * Reads a record back.
     *
     * @throws IOException when the bytes are not a record of this type, wholly; the message says where
     */
    public T decode(byte[] bytes) throws IOException {
        ShapeReader in = new ShapeReader(bytes);
        Object value = shape.read(in);
        in.requireEnd();
        return root.cast(value);
    }
}
