package mpi;

import io.muster.mpi.buffer.ElementType;

/** Numbers that MPJ Express gives to primitive types. */
final class BaseTypes {
    private static final int PACKED = 9;
    private static final int OBJECT = 12;

    private BaseTypes() {}

    @SuppressWarnings("EnumOrdinal") // the numbers of MPJ Express are in the same order, from 1 on
    static int number(ElementType element, String name) {
        return switch (name) {
            case "MPI.PACKED" -> PACKED;
            case "MPI.OBJECT" -> OBJECT;
            default -> element.ordinal() + 1;
        };
    }
}
