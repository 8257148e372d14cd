package mpi;

import io.muster.mpi.engine.Failure;

/**
 * How calls on a communicator, window or file fail (MPI 4.1, section 9.3). They throw; when the program itself has
 * chosen a handler that ends the job, they end it. Thread-safe.
 */
final class ErrorHandling {
    private volatile Errhandler handler;
    private volatile boolean endsJob;

    /** Until the program chooses a handler, {@code initial} is what it is told, and errors throw. */
    ErrorHandling(Errhandler initial) {
        handler = initial;
    }

    Errhandler handler() {
        return handler;
    }

    /** What the program chooses in the Open MPI bindings. */
    void choose(Errhandler chosen) {
        handler = chosen;
        endsJob = chosen.endsJob();
    }

    /** What the program chooses in MPJ Express, where errors throw whatever the handler is. */
    void remember(Errhandler chosen) {
        handler = chosen;
        endsJob = false;
    }

    /** What a copy takes over, or a communicator that is made of another one. */
    void takeOver(ErrorHandling of) {
        handler = of.handler;
        endsJob = of.endsJob;
    }

    /**
     * The exception to throw. In the Open MPI bindings, whose names are lower-case, a buffer that is too small is one
     * of Java's own and no matter of the handler.
     */
    RuntimeException of(String call, String message, Failure failure) {
        if (failure instanceof OutsideBuffer && Character.isLowerCase(call.charAt(0))) {
            RuntimeException outside = new ArrayIndexOutOfBoundsException(message);
            outside.initCause(failure);
            return outside;
        }
        return of(new MPIException(failure.errorClass(), message, failure));
    }

    /** The same exception, unless it ends the job. */
    MPIException of(MPIException error) {
        if (endsJob) {
            MPI.endJob(String.valueOf(error.getMessage()), error.getErrorCode());
        }
        return error;
    }
}
