package mpi;

/** What happens when a call fails (MPI 4.1, section 9.3): it throws, or it ends the job. Immutable. */
public class Errhandler {
    private final boolean endsJob;

    Errhandler(boolean endsJob) {
        this.endsJob = endsJob;
    }

    final boolean endsJob() {
        return endsJob;
    }
}
