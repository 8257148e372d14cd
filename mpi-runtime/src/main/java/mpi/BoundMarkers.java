package mpi;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The pseudo types LB and UB of MPI 1 (section 3.12.3) in a structure: they set its bounds and carry nothing. */
final class BoundMarkers {
    private BoundMarkers() {}

    static Datatype struct(int[] lengths, int[] displacements, Datatype[] types) {
        boolean marked = Arrays.stream(types).anyMatch(type -> isLower(type) || isUpper(type));
        if (!marked || lengths.length != types.length || displacements.length != types.length) {
            return Datatype.structOfElements(lengths, displacements, types);
        }
        int[] kept = IntStream.range(0, types.length)
                .filter(i -> !isLower(types[i]) && !isUpper(types[i]))
                .toArray();
        Datatype struct = Datatype.structOfElements(
                Arrays.stream(kept).map(i -> lengths[i]).toArray(),
                Arrays.stream(kept).map(i -> displacements[i]).toArray(),
                Arrays.stream(kept).mapToObj(i -> types[i]).toArray(Datatype[]::new));
        int[] used =
                IntStream.range(0, types.length).filter(i -> lengths[i] > 0).toArray();
        int lower = Arrays.stream(used)
                .filter(i -> isLower(types[i]))
                .map(i -> displacements[i])
                .min()
                .orElse(struct.getLb());
        int upper = Arrays.stream(used)
                .filter(i -> isUpper(types[i]))
                .map(i -> displacements[i])
                .max()
                .orElse(struct.Ub());
        return Datatype.createResized(struct, lower, upper - lower);
    }

    @SuppressWarnings("ReferenceEquality") // the marker is this one object
    private static boolean isLower(Datatype type) {
        return type == MPI.LB;
    }

    @SuppressWarnings("ReferenceEquality") // the marker is this one object
    private static boolean isUpper(Datatype type) {
        return type == MPI.UB;
    }
}
