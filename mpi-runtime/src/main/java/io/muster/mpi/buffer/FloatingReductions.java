package io.muster.mpi.buffer;

/** Reductions over float and double arrays. One plain loop an operator, because the compiler vectorises only those. */
final class FloatingReductions {
    private FloatingReductions() {}

    static void floats(Operator operator, float[] a, int ao, float[] b, int bo, int n) {
        switch (operator) {
            case MAX -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = Math.max(a[ao + i], b[bo + i]);
                }
            }
            case MIN -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = Math.min(a[ao + i], b[bo + i]);
                }
            }
            case SUM -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = a[ao + i] + b[bo + i];
                }
            }
            case PROD -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = a[ao + i] * b[bo + i];
                }
            }
            case LAND, BAND, LOR, BOR, LXOR, BXOR, MAXLOC, MINLOC, REPLACE, NO_OP ->
                throw new IllegalArgumentException(operator + " on float");
        }
    }

    static void doubles(Operator operator, double[] a, int ao, double[] b, int bo, int n) {
        switch (operator) {
            case MAX -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = Math.max(a[ao + i], b[bo + i]);
                }
            }
            case MIN -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = Math.min(a[ao + i], b[bo + i]);
                }
            }
            case SUM -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = a[ao + i] + b[bo + i];
                }
            }
            case PROD -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = a[ao + i] * b[bo + i];
                }
            }
            case LAND, BAND, LOR, BOR, LXOR, BXOR, MAXLOC, MINLOC, REPLACE, NO_OP ->
                throw new IllegalArgumentException(operator + " on double");
        }
    }
}
