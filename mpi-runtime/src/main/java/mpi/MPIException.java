package mpi;

import io.muster.mpi.engine.ErrorClass;

/** A call that broke the rules of the standard or could not be done; it names the call, its values and why. */
public class MPIException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int errorClass;

    public MPIException() {
        this("MPI error");
    }

    public MPIException(String message) {
        super(message);
        errorClass = ErrorClass.OTHER.code();
    }

    public MPIException(Throwable cause) {
        super(cause);
        errorClass = ErrorClass.OTHER.code();
    }

    MPIException(ErrorClass errorClass, String message) {
        super("MPI_ERR_" + errorClass + ": " + message);
        this.errorClass = errorClass.code();
    }

    MPIException(ErrorClass errorClass, String message, Throwable cause) {
        super("MPI_ERR_" + errorClass + ": " + message, cause);
        this.errorClass = errorClass.code();
    }

    MPIException(int errorClass, String message) {
        super(message);
        this.errorClass = errorClass;
    }

    /** The error class, one of {@code MPI.ERR_…}. */
    public int getErrorClass() {
        return errorClass;
    }

    /** The error code; equal to the class. */
    public int getErrorCode() {
        return errorClass;
    }
}
