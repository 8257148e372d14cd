package mpi;

import io.muster.mpi.collective.Piece;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import org.jspecify.annotations.Nullable;

/** Parts of a buffer, one a rank, each of a type of its own, with displacements in bytes. */
@SuppressWarnings("ArrayRecordComponent") // the caller's arrays, looked at during one call only
record TypedParts(@Nullable Object buffer, int[] counts, int[] displacements, Datatype[] types) {
    Piece[] pieces(int ranks) {
        if (counts.length < ranks || displacements.length < ranks || types.length < ranks) {
            throw new Failure(
                    ErrorClass.COUNT,
                    "counts has " + counts.length + ", displacements " + displacements.length + " and types "
                            + types.length + " entries for " + ranks + " ranks");
        }
        Piece[] pieces = new Piece[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            int unit = types[rank].element.sizeBytes();
            if (displacements[rank] % unit != 0) {
                throw new Failure(
                        ErrorClass.ARG,
                        "displacement " + displacements[rank] + " is in bytes; it must be a multiple of " + unit
                                + " for " + types[rank]);
            }
            pieces[rank] = new Part(buffer, displacements[rank] / unit, counts[rank], types[rank]).piece();
        }
        return pieces;
    }

    @Override
    public String toString() {
        return counts.length + " types";
    }
}
