package io.muster.mpi.file;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.nio.ByteOrder;
import java.util.Locale;

/** How values lie in a file (MPI 4.1, section 14.5). All have the sizes that values have in memory. */
public enum DataRepresentation {
    /** As in memory. */
    NATIVE,
    /** As in memory too: all nodes run Java on one byte order. */
    INTERNAL,
    /** Big endian. */
    EXTERNAL32;

    /** The one with this name in the standard. */
    public static DataRepresentation of(String name) {
        for (DataRepresentation each : values()) {
            if (each.toString().equals(name)) {
                return each;
            }
        }
        throw new Failure(
                ErrorClass.UNSUPPORTED_DATAREP,
                "data representation \"" + name + "\" is none of native, internal and external32");
    }

    boolean swaps() {
        return this == EXTERNAL32 && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
