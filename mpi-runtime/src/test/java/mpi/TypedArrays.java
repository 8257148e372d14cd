package mpi;

import java.lang.reflect.Array;
import java.util.List;

/** Arrays of each type, filled by a rule. */
final class TypedArrays {
    static final List<Datatype> TYPES =
            List.of(MPI.BYTE, MPI.CHAR, MPI.SHORT, MPI.BOOLEAN, MPI.INT, MPI.LONG, MPI.FLOAT, MPI.DOUBLE);

    private TypedArrays() {}

    /** Element i is made from (i × 7 + seed) modulo 50. */
    static Object filled(Datatype type, int length, int seed) {
        Object array = type.element.newArray(length);
        for (int i = 0; i < length; i++) {
            set(type, array, i, (i * 7 + seed) % 50);
        }
        return array;
    }

    static void set(Datatype type, Object array, int at, int value) {
        switch (type.element) {
            case BYTE -> Array.setByte(array, at, (byte) value);
            case CHAR -> Array.setChar(array, at, (char) value);
            case SHORT -> Array.setShort(array, at, (short) value);
            case BOOLEAN -> Array.setBoolean(array, at, value % 2 == 1);
            case INT -> Array.setInt(array, at, value);
            case LONG -> Array.setLong(array, at, value);
            case FLOAT -> Array.setFloat(array, at, value);
            case DOUBLE -> Array.setDouble(array, at, value);
        }
    }
}
