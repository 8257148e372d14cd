package io.muster.mpi.buffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** MAXLOC and MINLOC over bytes: pairs of a value and an {@code int} index, one after the other without gaps. */
public final class PackedPairs {
    private PackedPairs() {}

    /** The reduction over byte arrays, whose ranges are in bytes, of pairs with values of {@code type}. */
    public static Reduction reduction(Operator operator, ElementType type) {
        int pair = type.sizeBytes() + Integer.BYTES;
        return (in, inAt, inOut, inOutAt, count) -> {
            ByteBuffer left = ByteBuffer.wrap((byte[]) in).order(ByteOrder.nativeOrder());
            ByteBuffer right = ByteBuffer.wrap((byte[]) inOut).order(ByteOrder.nativeOrder());
            for (int i = 0; i < count; i += pair) {
                if (wins(operator, type, left, inAt + i, right, inOutAt + i)) {
                    right.put(inOutAt + i, left, inAt + i, pair);
                }
            }
        };
    }

    private static boolean wins(Operator operator, ElementType type, ByteBuffer a, int ai, ByteBuffer b, int bi) {
        int order = switch (type) {
            case LONG -> Long.compare(a.getLong(ai), b.getLong(bi));
            case FLOAT -> Float.compare(a.getFloat(ai), b.getFloat(bi));
            case DOUBLE -> Double.compare(a.getDouble(ai), b.getDouble(bi));
            case SHORT -> Short.compare(a.getShort(ai), b.getShort(bi));
            case INT -> Integer.compare(a.getInt(ai), b.getInt(bi));
            case CHAR -> Character.compare(a.getChar(ai), b.getChar(bi));
            case BYTE, BOOLEAN -> Byte.compare(a.get(ai), b.get(bi));
        };
        if (order == 0) {
            return a.getInt(ai + type.sizeBytes()) < b.getInt(bi + type.sizeBytes());
        }
        return operator == Operator.MAXLOC ? order > 0 : order < 0;
    }
}
