package mpi;

import io.muster.mpi.collective.Blocks;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a buffer, one a rank, with counts and displacements in elements of the type. Where nothing counts, as at
 * ranks that are not the root, all may be null.
 */
@SuppressWarnings("ArrayRecordComponent") // the caller's arrays, looked at during one call only
record Parts(
        @Nullable Object buffer, int offset, int @Nullable [] counts, int @Nullable [] displacements, Datatype type) {
    /** What all parts are read from or written to. */
    Object base() {
        return Area.base(buffer, offset, isEmpty() ? 0 : 1, type);
    }

    Part ofRank(int rank) {
        int[] numbers = given("counts", counts, rank + 1);
        int[] places = given("displacements", displacements, rank + 1);
        return new Part(buffer, offset + places[rank] * type.getExtent(), numbers[rank], type);
    }

    /** Where the parts lie; the place of one without elements does not matter. */
    Blocks blocks(int ranks) {
        int[] numbers = given("counts", counts, ranks);
        int[] places = given("displacements", displacements, ranks).clone();
        for (int rank = 0; rank < ranks; rank++) {
            if (numbers[rank] == 0) {
                places[rank] = 0;
            }
            Area.bytes(buffer, offset + places[rank] * type.getExtent(), numbers[rank], type);
        }
        return new Blocks.Given(Area.at(buffer, offset, isEmpty() ? 0 : 1, type), type.getSize(), places, numbers);
    }

    void checkRanks(int ranks) {
        given("counts", counts, ranks);
        given("displacements", displacements, ranks);
    }

    private boolean isEmpty() {
        if (counts != null) {
            for (int count : counts) {
                if (count > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int[] given(String what, int @Nullable [] values, int ranks) {
        if (values == null || values.length < ranks) {
            throw new Failure(
                    ErrorClass.COUNT,
                    what + (values == null ? " is null" : " has " + values.length + " entries") + "; this call needs "
                            + ranks);
        }
        return values;
    }

    @Override
    public String toString() {
        return "type=" + type;
    }
}
