package io.muster.mpirun;

import mpi.MPI;
import mpi.MPIException;

/** A small MPI program, in the dialect of mpiJava. */
final class SumProgram {
    private SumProgram() {}

    public static void main(String[] arguments) throws MPIException {
        String[] left = MPI.Init(arguments);
        int rank = MPI.COMM_WORLD.Rank();
        int[] mine = {rank + 1};
        int[] sum = new int[1];
        MPI.COMM_WORLD.Allreduce(mine, 0, sum, 0, 1, MPI.INT, MPI.SUM);
        System.out.println("sum " + sum[0]);
        if (left.length > 0 && rank == 1) {
            if (left[0].equals("exit")) {
                System.exit(3);
            }
            throw new IllegalStateException("thrown by rank 1");
        }
        MPI.COMM_WORLD.Barrier();
        MPI.Finalize();
    }
}
