package io.muster.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mpi.MPI;

/** Prints the sum over all ranks, and which rings in shared memory this rank has mapped. */
final class MapsProgram {
    private MapsProgram() {}

    public static void main(String[] arguments) throws IOException {
        MPI.Init(arguments);
        int[] sum = new int[1];
        MPI.COMM_WORLD.allReduce(new int[] {MPI.COMM_WORLD.Rank() + 1}, sum, 1, MPI.INT, MPI.SUM);
        System.out.println("sum " + sum[0]);
        for (String mapping : Files.readAllLines(Path.of("/proc/self/maps"))) {
            if (mapping.contains("/rings")) {
                System.out.println(mapping.substring(mapping.indexOf("/dev/shm/")));
            }
        }
        MPI.Finalize();
    }
}
