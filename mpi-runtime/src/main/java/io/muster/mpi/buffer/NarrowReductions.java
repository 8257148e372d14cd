package io.muster.mpi.buffer;

import java.util.function.IntBinaryOperator;

/** Reductions over the types narrower than int, computed in int and cut back, as Java's own operators do. */
final class NarrowReductions {
    private NarrowReductions() {}

    static void bytes(Operator operator, byte[] a, int ao, byte[] b, int bo, int n) {
        IntBinaryOperator function = function(operator);
        for (int i = 0; i < n; i++) {
            b[bo + i] = (byte) function.applyAsInt(a[ao + i], b[bo + i]);
        }
    }

    static void chars(Operator operator, char[] a, int ao, char[] b, int bo, int n) {
        IntBinaryOperator function = function(operator);
        for (int i = 0; i < n; i++) {
            b[bo + i] = (char) function.applyAsInt(a[ao + i], b[bo + i]);
        }
    }

    static void shorts(Operator operator, short[] a, int ao, short[] b, int bo, int n) {
        IntBinaryOperator function = function(operator);
        for (int i = 0; i < n; i++) {
            b[bo + i] = (short) function.applyAsInt(a[ao + i], b[bo + i]);
        }
    }

    static void booleans(Operator operator, boolean[] a, int ao, boolean[] b, int bo, int n) {
        IntBinaryOperator function = function(operator);
        for (int i = 0; i < n; i++) {
            b[bo + i] = function.applyAsInt(a[ao + i] ? 1 : 0, b[bo + i] ? 1 : 0) != 0;
        }
    }

    private static IntBinaryOperator function(Operator operator) {
        return switch (operator) {
            case MAX -> Math::max;
            case MIN -> Math::min;
            case SUM -> Integer::sum;
            case PROD -> (a, b) -> a * b;
            case BAND -> (a, b) -> a & b;
            case BOR -> (a, b) -> a | b;
            case BXOR -> (a, b) -> a ^ b;
            case LAND -> (a, b) -> a != 0 && b != 0 ? 1 : 0;
            case LOR -> (a, b) -> (a | b) != 0 ? 1 : 0;
            case LXOR -> (a, b) -> (a != 0) != (b != 0) ? 1 : 0;
            case MAXLOC, MINLOC, REPLACE, NO_OP -> throw new IllegalArgumentException(operator + " on single elements");
        };
    }
}
