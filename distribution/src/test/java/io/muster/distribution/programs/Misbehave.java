package io.muster.distribution.programs;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import mpi.MPI;

/**
 * A job that ends in the way that its first argument names, in the rank that the second one names; the others wait for
 * it in a barrier. Every rank says that it is there first.
 */
public final class Misbehave {
    private Misbehave() {}

    public static void main(String[] args) throws IOException {
        String[] arguments = MPI.Init(args);
        int rank = MPI.COMM_WORLD.Rank();
        System.out.println(
                "rank " + rank + " is here, pid " + ProcessHandle.current().pid());
        MPI.COMM_WORLD.Barrier();
        if (rank == Integer.parseInt(arguments[1])) {
            end(arguments[0], rank);
        }
        MPI.COMM_WORLD.Barrier();
        System.out.println("rank " + rank + " is done");
        MPI.Finalize();
    }

    private static void end(String how, int rank) throws IOException {
        switch (how) {
            case "well" -> {}
            case "throw" -> throw new IllegalStateException("rank " + rank + " throws");
            case "exit" -> System.exit(3);
            case "orphan" -> {
                new ProcessBuilder("sh", "-c", "sleep 600 & sleep 600")
                        .inheritIO()
                        .start();
                System.exit(7);
            }
            case "wait" -> LockSupport.parkNanos(Duration.ofMinutes(10).toNanos());
            default -> throw new IllegalArgumentException(how);
        }
    }
}
