package io.muster.distribution.programs;

import mpi.Intercomm;
import mpi.Intracomm;
import mpi.MPI;

/**
 * Spawns one rank for each of its own and meets it. Then all end well, or, when the argument is "die", a spawned rank
 * ends with 9 while the others wait for it.
 */
public final class Family {
    private static final int CODE = 9;

    private Family() {}

    public static void main(String[] args) {
        MPI.Init(args);
        Intracomm world = MPI.COMM_WORLD;
        Intercomm parents = Intercomm.getParent();
        boolean child = !parents.isNull();
        Intercomm others =
                child ? parents : world.spawn(Family.class.getName(), args, world.getSize(), MPI.INFO_NULL, 0, null);
        int[] sum = new int[1];
        others.allReduce(new int[] {world.getRank() + 1}, sum, 1, MPI.INT, MPI.SUM);
        System.out.println((child ? "child " : "parent ") + world.getRank() + " got " + sum[0]);
        if (args[0].equals("die")) {
            // All have said so before one goes.
            others.barrier();
            if (child && world.getRank() == 1) {
                Runtime.getRuntime().halt(CODE);
            }
            others.recv(sum, 1, MPI.INT, 0, 0);
        }
        others.disconnect();
        MPI.Finalize();
    }
}
