package io.muster.mpi.buffer;

import java.util.EnumSet;
import java.util.Set;

/** The predefined reduction operators of the standard (MPI 4.1, section 6.9.2) and where they are defined. */
public enum Operator {
    MAX,
    MIN,
    SUM,
    PROD,
    LAND,
    BAND,
    LOR,
    BOR,
    LXOR,
    BXOR,
    MAXLOC,
    MINLOC,
    /** Only in one-sided communication: the operand takes the place of what is there (section 12.3.4). */
    REPLACE,
    /** Only in one-sided communication: what is there stays. */
    NO_OP;

    private static final Set<Operator> ARITHMETIC = EnumSet.of(MAX, MIN, SUM, PROD);
    private static final Set<Operator> LOCATING = EnumSet.of(MAXLOC, MINLOC);
    private static final Set<Operator> ONE_SIDED = EnumSet.of(REPLACE, NO_OP);

    /** Whether this operator takes value and index pairs. */
    public boolean locates() {
        return LOCATING.contains(this);
    }

    /** Whether this operator is for one-sided communication alone, where it takes all types. */
    public boolean isOneSided() {
        return ONE_SIDED.contains(this);
    }

    /** Whether this operator reduces single elements of {@code type}. */
    public boolean accepts(ElementType type) {
        if (isOneSided()) {
            return false;
        }
        return switch (type) {
            case FLOAT, DOUBLE -> ARITHMETIC.contains(this);
            case BOOLEAN -> !ARITHMETIC.contains(this) && !locates();
            case BYTE, CHAR, SHORT, INT, LONG -> !locates();
        };
    }

    /**
     * The reduction over arrays of {@code type}.
     *
     * @throws IllegalArgumentException when the operator is not defined on it
     */
    public Reduction on(ElementType type) {
        if (locates()) {
            return (in, inAt, inOut, inOutAt, count) -> Locations.apply(this, in, inAt, inOut, inOutAt, count);
        }
        if (!accepts(type)) {
            throw new IllegalArgumentException(this + " is not defined on " + type);
        }
        return switch (type) {
            case INT -> (a, ao, b, bo, n) -> IntegerReductions.ints(this, (int[]) a, ao, (int[]) b, bo, n);
            case LONG -> (a, ao, b, bo, n) -> IntegerReductions.longs(this, (long[]) a, ao, (long[]) b, bo, n);
            case FLOAT -> (a, ao, b, bo, n) -> FloatingReductions.floats(this, (float[]) a, ao, (float[]) b, bo, n);
            case DOUBLE -> (a, ao, b, bo, n) -> FloatingReductions.doubles(this, (double[]) a, ao, (double[]) b, bo, n);
            case BYTE -> (a, ao, b, bo, n) -> NarrowReductions.bytes(this, (byte[]) a, ao, (byte[]) b, bo, n);
            case CHAR -> (a, ao, b, bo, n) -> NarrowReductions.chars(this, (char[]) a, ao, (char[]) b, bo, n);
            case SHORT -> (a, ao, b, bo, n) -> NarrowReductions.shorts(this, (short[]) a, ao, (short[]) b, bo, n);
            case BOOLEAN ->
                (a, ao, b, bo, n) -> NarrowReductions.booleans(this, (boolean[]) a, ao, (boolean[]) b, bo, n);
        };
    }
}
