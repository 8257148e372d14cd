package mpi;

import io.muster.mpi.collective.Blocks;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import org.jspecify.annotations.Nullable;

/** Parts of a buffer, one a rank, with counts and displacements in elements of the type. */
@SuppressWarnings("ArrayRecordComponent") // the caller's arrays, looked at during one call only
record Parts(@Nullable Object buffer, int offset, int[] counts, int[] displacements, Datatype type) {
    Object base() {
        return Area.base(buffer, offset, 1, type);
    }

    Part ofRank(int rank) {
        return new Part(buffer, offset + displacements[rank] * type.getExtent(), counts[rank], type);
    }

    Blocks blocks(int ranks) {
        checkRanks(ranks);
        for (int rank = 0; rank < ranks; rank++) {
            Area.bytes(buffer, offset + displacements[rank] * type.getExtent(), counts[rank], type);
        }
        return new Blocks.Given(Area.at(buffer, offset, type), type.getSize(), displacements, counts);
    }

    void checkRanks(int ranks) {
        if (counts.length < ranks || displacements.length < ranks) {
            throw new Failure(
                    ErrorClass.COUNT,
                    "counts has " + counts.length + " and displacements " + displacements.length + " entries for "
                            + ranks + " ranks");
        }
    }

    @Override
    public String toString() {
        return "type=" + type;
    }
}
