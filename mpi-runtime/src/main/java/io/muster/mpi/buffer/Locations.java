package io.muster.mpi.buffer;

import java.lang.reflect.Array;

/** MAXLOC and MINLOC over pairs of value and index: the better value wins, and of equal ones the lower index. */
final class Locations {
    private Locations() {}

    static void apply(Operator operator, Object in, int inAt, Object inOut, int inOutAt, int count) {
        for (int i = 0; i + 1 < count; i += 2) {
            if (wins(operator, in, inAt + i, inOut, inOutAt + i)) {
                System.arraycopy(in, inAt + i, inOut, inOutAt + i, 2);
            }
        }
    }

    private static boolean wins(Operator operator, Object a, int ai, Object b, int bi) {
        int order = a instanceof long[] x && b instanceof long[] y
                ? Long.compare(x[ai], y[bi])
                : Double.compare(Array.getDouble(a, ai), Array.getDouble(b, bi));
        if (order == 0) {
            return Array.getDouble(a, ai + 1) < Array.getDouble(b, bi + 1);
        }
        return operator == Operator.MAXLOC ? order > 0 : order < 0;
    }
}
