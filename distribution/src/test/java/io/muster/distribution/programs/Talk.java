package io.muster.distribution.programs;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import mpi.MPI;

/** Prints numbered lines, slowly: arguments are how many and the pause in milliseconds. */
public final class Talk {
    private Talk() {}

    public static void main(String[] args) {
        MPI.Init(args);
        long pauseNanos = Duration.ofMillis(Integer.parseInt(args[1])).toNanos();
        int rank = MPI.COMM_WORLD.Rank();
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            System.out.println("rank " + rank + " line " + i);
            LockSupport.parkNanos(pauseNanos);
        }
        MPI.Finalize();
    }
}
