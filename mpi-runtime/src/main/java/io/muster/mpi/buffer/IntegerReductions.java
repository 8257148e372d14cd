package io.muster.mpi.buffer;

/** Reductions over int and long arrays. One plain loop an operator, because the compiler vectorises only those. */
final class IntegerReductions {
    private IntegerReductions() {}

    static void ints(Operator operator, int[] a, int ao, int[] b, int bo, int n) {
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
            case BAND -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = a[ao + i] & b[bo + i];
                }
            }
            case BOR -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = a[ao + i] | b[bo + i];
                }
            }
            case BXOR -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = a[ao + i] ^ b[bo + i];
                }
            }
            case LAND -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = a[ao + i] != 0 && b[bo + i] != 0 ? 1 : 0;
                }
            }
            case LOR -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = (a[ao + i] | b[bo + i]) != 0 ? 1 : 0;
                }
            }
            case LXOR -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = (a[ao + i] != 0) != (b[bo + i] != 0) ? 1 : 0;
                }
            }
            case MAXLOC, MINLOC, REPLACE, NO_OP -> throw new IllegalArgumentException(operator + " on int");
        }
    }

    static void longs(Operator operator, long[] a, int ao, long[] b, int bo, int n) {
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
            case BAND -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = a[ao + i] & b[bo + i];
                }
            }
            case BOR -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = a[ao + i] | b[bo + i];
                }
            }
            case BXOR -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = a[ao + i] ^ b[bo + i];
                }
            }
            case LAND -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = a[ao + i] != 0 && b[bo + i] != 0 ? 1 : 0;
                }
            }
            case LOR -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = (a[ao + i] | b[bo + i]) != 0 ? 1 : 0;
                }
            }
            case LXOR -> {
                for (int i = 0; i < n; i++) {
                    b[bo + i] = (a[ao + i] != 0) != (b[bo + i] != 0) ? 1 : 0;
                }
            }
            case MAXLOC, MINLOC, REPLACE, NO_OP -> throw new IllegalArgumentException(operator + " on long");
        }
    }
}
