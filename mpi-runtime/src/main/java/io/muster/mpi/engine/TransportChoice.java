package io.muster.mpi.engine;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which transports a job may use; set by the variable {@code MUSTER_TRANSPORT} for tests and measurements. */
public enum TransportChoice {
    /** Shared memory inside a node, TCP between nodes. */
    AUTO,
    /** TCP everywhere. */
    TCP,
    /** The same as AUTO: between nodes there is nothing but TCP. */
    SHM;

    public static final String VARIABLE = "MUSTER_TRANSPORT";

    /** Reads the value of the variable; null means AUTO. */
    public static TransportChoice of(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return AUTO;
        }
        for (TransportChoice choice : values()) {
            if (choice.name().equals(value.toUpperCase(Locale.ROOT))) {
                return choice;
            }
        }
        throw new Failure(ErrorClass.ARG, VARIABLE + " is '" + value + "'; set it to auto, shm or tcp");
    }

    boolean sharesMemory() {
        return this != TCP;
    }
}
