package mpjbuf;

/** What the elements of a section are, and in which region of the buffer they lie: codes are those of MPJ Express. */
public enum Type {
    BYTE(0, byte[].class, Byte.BYTES),
    CHAR(1, char[].class, Character.BYTES),
    SHORT(2, short[].class, Short.BYTES),
    BOOLEAN(3, boolean[].class, 1),
    INT(4, int[].class, Integer.BYTES),
    LONG(5, long[].class, Long.BYTES),
    FLOAT(6, float[].class, Float.BYTES),
    DOUBLE(7, double[].class, Double.BYTES),
    /** Objects, which lie in the dynamic region by Java serialization. */
    OBJECT(8, Object[].class, 0),
    BYTE_DYNAMIC(9, byte[].class, 0),
    CHAR_DYNAMIC(10, char[].class, 0),
    SHORT_DYNAMIC(11, short[].class, 0),
    BOOLEAN_DYNAMIC(12, boolean[].class, 0),
    INT_DYNAMIC(13, int[].class, 0),
    LONG_DYNAMIC(14, long[].class, 0),
    FLOAT_DYNAMIC(15, float[].class, 0),
    DOUBLE_DYNAMIC(16, double[].class, 0),
    /** The type of no section. */
    UNDEFINED(17, Void.class, 0);

    private final int code;
    private final Class<?> array;
    private final int staticBytes;

    Type(int code, Class<?> array, int staticBytes) {
        this.code = code;
        this.array = array;
        this.staticBytes = staticBytes;
    }

    /** The number that stands for it in the header of a section. */
    public int getCode() {
        return code;
    }

    /** The type of a code, or UNDEFINED when the code is none. */
    public static Type getType(int code) {
        for (Type type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return UNDEFINED;
    }

    boolean isDynamic() {
        return staticBytes == 0;
    }

    /** Bytes that an element takes in the static region; 0 for types of the dynamic one. */
    int staticBytes() {
        return staticBytes;
    }

    boolean holdsElementsOf(Object candidate) {
        return array.isInstance(candidate);
    }
}
