package mpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arrays of each type, filled by a rule. */
final class TypedArrays {
    static final List<Datatype> TYPES =
            List.of(MPI.BYTE, MPI.CHAR, MPI.SHORT, MPI.BOOLEAN, MPI.INT, MPI.LONG, MPI.FLOAT, MPI.DOUBLE);

    static final int PERIOD = 50;

    private TypedArrays() {}

    /** The value of element {@code at} before it is put into its type; flags are 0 and 1. */
    static int value(int at, int seed, boolean flag) {
        int value = (at * 7 + seed) % PERIOD;
        return flag ? value % 2 : value;
    }

    /** Element i is made from (i × 7 + seed) modulo 50, so that everything repeats after {@link #PERIOD}. */
    static Object filled(Datatype type, int length, int seed) {
        Object array = type.element.newArray(length);
        for (int i = 0; i < Math.min(length, PERIOD); i++) {
            set(type, array, i, value(i, seed, false));
        }
        return repeated(array, length);
    }

    /** Repeats the first {@link #PERIOD} elements up to the end. */
    static Object repeated(Object array, int length) {
        for (int done = PERIOD; done < length; done *= 2) {
            System.arraycopy(array, 0, array, done, Math.min(done, length - done));
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

    /** A new array of {@code length} elements, zeros but for {@code content} from {@code at} on. */
    static Object placed(Datatype type, int length, int at, Object content) {
        Object array = type.element.newArray(length);
        System.arraycopy(content, 0, array, at, Array.getLength(content));
        return array;
    }

    /** Fails when two arrays differ, naming what they are. */
    static void checkSame(@Nullable Object actual, Object expected, String what) {
        if (!Objects.deepEquals(actual, expected)) {
            assertThat(actual).as(what).isEqualTo(expected);
        }
    }
}
