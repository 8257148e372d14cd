package io.muster.distribution.programs;

import mpi.MPI;

/** Prints numbered lines, slowly: arguments are how many and the pause in milliseconds. */
public final class Talk {
    private Talk() {}

    public static void main(String[] args) throws InterruptedException {
        MPI.Init(args);
        int rank = MPI.COMM_WORLD.Rank();
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            System.out.println("rank " + rank + " line " + i);
            Thread.sleep(Integer.parseInt(args[1]));
        }
        MPI.Finalize();
    }
}
