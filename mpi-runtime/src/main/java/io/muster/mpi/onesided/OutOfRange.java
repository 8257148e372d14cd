package io.muster.mpi.onesided;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;

/** A block that lies outside of what a window exposes. */
final class OutOfRange extends Failure {
    private static final long serialVersionUID = 1;

    OutOfRange(String message) {
        super(ErrorClass.RMA_RANGE, message);
    }
}
