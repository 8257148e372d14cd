package mpi;

import io.muster.mpi.collective.Piece;
import org.jspecify.annotations.Nullable;

/** A part of a buffer as a collective call names it. */
record Part(@Nullable Object buffer, int offset, int count, Datatype type) {
    Area area() {
        return Area.of(buffer, offset, count, type);
    }

    Piece piece() {
        Area area = area();
        return new Piece(area.base(), area.offset(), area.bytes());
    }

    /** The same for each of {@code ranks} ranks, one after the other. */
    Area areaFor(int ranks) {
        return Area.of(buffer, offset, Math.multiplyExact(count, ranks), type);
    }

    /** The part of one of several ranks, whose parts lie one after the other from this one on. */
    Part ofRank(int rank) {
        return new Part(buffer, offset + rank * count * type.getExtent(), count, type);
    }

    byte[] objectBytes() {
        return ObjectReceive.bytesOf(buffer, offset, count);
    }

    void takeObjects(byte[] bytes, int at, int length) {
        ObjectReceive.into(buffer, offset, count).read(bytes, at, length);
    }

    @Override
    public String toString() {
        return "count=" + count + ", type=" + type;
    }
}
