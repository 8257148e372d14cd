package io.muster.mpi.engine;

/** What the engine could not do, and why; the public API turns it into an {@code MPIException} that names the call. */
public class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorClass errorClass;

    public Failure(ErrorClass errorClass, String message) {
        super(message);
        this.errorClass = errorClass;
    }

    public Failure(ErrorClass errorClass, String message, Throwable cause) {
        super(message, cause);
        this.errorClass = errorClass;
    }

    public ErrorClass errorClass() {
        return errorClass;
    }
}
