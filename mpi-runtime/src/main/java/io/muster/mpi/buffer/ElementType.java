package io.muster.mpi.buffer;

/** The primitive types that messages are made of, with their size in memory. */
public enum ElementType {
    BYTE(1),
    CHAR(2),
    SHORT(2),
    BOOLEAN(1),
    INT(4),
    LONG(8),
    FLOAT(4),
    DOUBLE(8);

    private final int sizeBytes;

    ElementType(int sizeBytes) {
        this.sizeBytes = sizeBytes;
    }

    public int sizeBytes() {
        return sizeBytes;
    }

    /** A new array of this type with {@code length} elements. */
    public Object newArray(int length) {
        return switch (this) {
            case BYTE -> new byte[length];
            case CHAR -> new char[length];
            case SHORT -> new short[length];
            case BOOLEAN -> new boolean[length];
            case INT -> new int[length];
            case LONG -> new long[length];
            case FLOAT -> new float[length];
            case DOUBLE -> new double[length];
        };
    }

    /** Whether {@code base} is an array of this type. */
    public boolean isArray(Object base) {
        return switch (this) {
            case BYTE -> base instanceof byte[];
            case CHAR -> base instanceof char[];
            case SHORT -> base instanceof short[];
            case BOOLEAN -> base instanceof boolean[];
            case INT -> base instanceof int[];
            case LONG -> base instanceof long[];
            case FLOAT -> base instanceof float[];
            case DOUBLE -> base instanceof double[];
        };
    }
}
