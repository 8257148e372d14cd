package mpi;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;

/** Elements that a call names lie outside of the buffer that it names. */
final class OutsideBuffer extends Failure {
    private static final long serialVersionUID = 1;

    OutsideBuffer(String message) {
        super(ErrorClass.BUFFER, message);
    }
}
