package mpjbuf;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Random;

/** The calls of a buffer for arrays of any type: finds the one for the type of the array, as a compiler does. */
final class ArrayCalls {
    private static final Random RANDOM = new Random(1);

    private ArrayCalls() {}

    /** An array with elements for sections of this type. */
    static Object random(Type type, int length) {
        Object array = array(type, length);
        for (int i = 0; i < length; i++) {
            switch (array) {
                case byte[] values -> values[i] = (byte) RANDOM.nextInt();
                case char[] values -> values[i] = (char) RANDOM.nextInt();
                case short[] values -> values[i] = (short) RANDOM.nextInt();
                case boolean[] values -> values[i] = RANDOM.nextBoolean();
                case int[] values -> values[i] = RANDOM.nextInt();
                case long[] values -> values[i] = RANDOM.nextLong();
                case float[] values -> values[i] = RANDOM.nextFloat();
                case double[] values -> values[i] = RANDOM.nextDouble();
                case Object[] values -> values[i] = Integer.toString(RANDOM.nextInt());
                default -> throw new AssertionError(array.getClass());
            }
        }
        return array;
    }

    private static Object array(Type type, int length) {
        return switch (type) {
            case BYTE, BYTE_DYNAMIC -> new byte[length];
            case CHAR, CHAR_DYNAMIC -> new char[length];
            case SHORT, SHORT_DYNAMIC -> new short[length];
            case BOOLEAN, BOOLEAN_DYNAMIC -> new boolean[length];
            case INT, INT_DYNAMIC -> new int[length];
            case LONG, LONG_DYNAMIC -> new long[length];
            case FLOAT, FLOAT_DYNAMIC -> new float[length];
            case DOUBLE, DOUBLE_DYNAMIC -> new double[length];
            case OBJECT -> new Object[length];
            case UNDEFINED -> throw new AssertionError("no array is of type " + type);
        };
    }

    static void write(Buffer buffer, Object array, int offset, int count) {
        call("write", buffer, array, offset, count);
    }

    static void gather(Buffer buffer, Object array, int count, int first, int[] indexes) {
        call("gather", buffer, array, count, first, indexes);
    }

    static void strGather(Buffer buffer, Object array, int at, int rank, int extents, int strides, int[] shape) {
        call("strGather", buffer, array, at, rank, extents, strides, shape);
    }

    static void read(Buffer buffer, Object array, int offset, int count) {
        call("read", buffer, array, offset, count);
    }

    static void scatter(Buffer buffer, Object array, int count, int first, int[] indexes) {
        call("scatter", buffer, array, count, first, indexes);
    }

    static void strScatter(Buffer buffer, Object array, int at, int rank, int extents, int strides, int[] shape) {
        call("strScatter", buffer, array, at, rank, extents, strides, shape);
    }

    private static void call(String name, Buffer buffer, Object... arguments) {
        Class<?>[] types = new Class<?>[arguments.length];
        Arrays.setAll(types, i -> arguments[i] instanceof Integer ? int.class : arguments[i].getClass());
        try {
            Buffer.class.getMethod(name, types).invoke(buffer, arguments);
        } catch (ReflectiveOperationException e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            int length = Array.getLength(arguments[0]);
            throw new AssertionError(name + " with an array of " + length + ": " + cause, cause);
        }
    }
}
