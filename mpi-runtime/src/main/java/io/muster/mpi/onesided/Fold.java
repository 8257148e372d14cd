package io.muster.mpi.onesided;

import io.muster.mpi.buffer.ComplexProducts;
import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Operator;
import io.muster.mpi.buffer.PackedPairs;
import io.muster.mpi.buffer.Reduction;

/**
 * What an accumulate makes of the operand and what is there: a predefined operation on elements of a predefined type,
 * as both ranks know it.
 *
 * @param element the primitive type; of pairs, that of the value
 * @param width primitive elements that belong together
 */
public record Fold(Operator operator, Kind kind, ElementType element, int width) {
    /** How the elements are laid out. */
    public enum Kind {
        PLAIN,
        COMPLEX,
        /** A value and an {@code int} index, as bytes. */
        PAIR
    }

    private static final int PIECE_BYTES = 16 << 10;
    private static final Operator[] OPERATORS = Operator.values();
    private static final Kind[] KINDS = Kind.values();
    private static final ElementType[] ELEMENTS = ElementType.values();

    /** The fold with this {@link #code}; throws {@link IllegalArgumentException} when there is none. */
    static Fold of(int code) {
        int operator = code & 0xff;
        int kind = code >>> 8 & 0xff;
        int element = code >>> 16 & 0xff;
        int width = code >>> 24;
        if (operator >= OPERATORS.length || kind >= KINDS.length || element >= ELEMENTS.length || width == 0) {
            throw new IllegalArgumentException("an operation with code " + code);
        }
        return new Fold(OPERATORS[operator], KINDS[kind], ELEMENTS[element], width);
    }

    @SuppressWarnings("EnumOrdinal") // both ranks run the same version
    int code() {
        return operator.ordinal() | kind.ordinal() << 8 | element.ordinal() << 16 | width << 24;
    }

    /** The type of the arrays that it works on. */
    ElementType arrayType() {
        return kind == Kind.PAIR ? ElementType.BYTE : element;
    }

    /** Bytes that are updated at once. */
    int unitBytes() {
        return kind == Kind.PAIR ? element.sizeBytes() + Integer.BYTES : width * element.sizeBytes();
    }

    /** Bytes of whole units that fit the first-level cache, twice. */
    int pieceBytes() {
        return wholeUnits(PIECE_BYTES);
    }

    /** At most {@code bytes} bytes of whole units, but one at least. */
    int wholeUnits(int bytes) {
        return Math.max(1, bytes / unitBytes()) * unitBytes();
    }

    /** A new array for so many bytes. */
    Object newArray(long bytes) {
        return arrayType().newArray(Math.toIntExact(bytes / arrayType().sizeBytes()));
    }

    /** Whether what is there stays. */
    boolean onlyReads() {
        return operator == Operator.NO_OP;
    }

    /** What combines operands with what is there. */
    Reduction reduction() {
        if (operator == Operator.REPLACE) {
            return System::arraycopy;
        }
        if (operator == Operator.NO_OP) {
            return (in, inAt, inOut, inOutAt, count) -> {};
        }
        return switch (kind) {
            case PLAIN -> operator.on(element);
            case PAIR -> PackedPairs.reduction(operator, element);
            case COMPLEX -> operator == Operator.PROD ? product() : operator.on(element);
        };
    }

    private Reduction product() {
        return element == ElementType.FLOAT
                ? (in, at, inOut, outAt, n) -> ComplexProducts.floats((float[]) in, at, (float[]) inOut, outAt, n)
                : (in, at, inOut, outAt, n) -> ComplexProducts.doubles((double[]) in, at, (double[]) inOut, outAt, n);
    }
}
