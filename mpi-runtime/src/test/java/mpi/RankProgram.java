package mpi;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** What ranks of real processes do in {@link RanksIT}; the first argument says which scenario. */
public final class RankProgram {
    private RankProgram() {}

    public static void main(String[] args) {
        MPI.Init(args);
        switch (args[0]) {
            case "work" -> work();
            case "die" -> die(Integer.parseInt(args[1]));
            case "throw" -> throwOnOne();
            case "abort" -> abortOnOne();
            default -> throw new IllegalArgumentException(args[0]);
        }
        MPI.Finalize();
    }

    private static void work() {
        Intracomm world = MPI.COMM_WORLD;
        int size = world.getSize();
        for (int count : new int[] {1, 1_000, 50_000}) {
            for (int round = 0; round < 20; round++) {
                long[] data = new long[count];
                Arrays.fill(data, world.getRank() + round);
                world.allReduce(data, count, MPI.LONG, MPI.SUM);
                check(data[count - 1] == (long) size * round + size * (size - 1) / 2, "allReduce");
                int[] news = {world.getRank() == round % size ? 7 * round : -1};
                world.bcast(news, 1, MPI.INT, round % size);
                check(news[0] == 7 * round, "bcast");
                int[] all = new int[size];
                world.allGather(new int[] {world.getRank()}, 1, MPI.INT, all, 1, MPI.INT);
                check(all[size - 1] == size - 1, "allGather");
            }
        }
        System.out.println("rank " + world.getRank() + " is content");
    }

    /** Rank 1 ends without a word; the others wait for it. */
    private static void die(int code) {
        if (MPI.COMM_WORLD.Rank() == 1) {
            Runtime.getRuntime().halt(code);
        }
        MPI.COMM_WORLD.Recv(new int[1], 0, 1, MPI.INT, 1, 0);
    }

    private static void throwOnOne() {
        if (MPI.COMM_WORLD.Rank() == 1) {
            throw new IllegalStateException("nobody catches this");
        }
        MPI.COMM_WORLD.Barrier();
    }

    private static void abortOnOne() {
        if (MPI.COMM_WORLD.Rank() == 1) {
            MPI.COMM_WORLD.Abort(5);
        }
        LockSupport.parkNanos(Duration.ofMinutes(5).toNanos());
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what + " is wrong at rank " + MPI.COMM_WORLD.getRank());
        }
    }
}
