package mpi;

import java.nio.LongBuffer;
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
            case "modes" -> modes();
            case "windows" -> windows();
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

    /** Every way to communicate once, between processes. */
    private static void modes() {
        Intracomm world = MPI.COMM_WORLD;
        int me = world.getRank();
        int size = world.getSize();
        int[] token = new int[1];
        MPI.attachBuffer(new byte[1 << 20]);
        Prequest[] ring = {
            world.Bsend_init(new int[] {me}, 0, 1, MPI.INT, (me + 1) % size, 1),
            world.Recv_init(token, 0, 1, MPI.INT, (me + size - 1) % size, 1)
        };
        for (int round = 0; round < 10; round++) {
            Prequest.Startall(ring);
            Request.Waitall(ring);
            check(token[0] == (me + size - 1) % size, "ring");
        }
        Request[] sums = new Request[8];
        int[][] results = new int[sums.length][20_000];
        for (int i = 0; i < sums.length; i++) {
            Arrays.fill(results[i], i);
            sums[i] = world.iAllReduce(results[i], 20_000, MPI.INT, MPI.SUM);
        }
        Request.waitAll(sums);
        check(results[7][19_999] == 7 * size, "sum");
        Intracomm half = world.split(me % 2, me);
        Intercomm between = half.createIntercomm(world, 0, 1 - me % 2, 7);
        between.allReduce(new int[] {1}, token, 1, MPI.INT, MPI.SUM);
        check(token[0] == between.getRemoteSize(), "between");
        Intracomm merged = between.merge(me % 2 == 1);
        check(merged.getSize() == size, "merged");
        CartComm line = world.createCart(new int[] {size}, new boolean[] {true}, false);
        int[] both = new int[2];
        line.neighborAllGather(new int[] {me}, 1, MPI.INT, both, 1, MPI.INT);
        check(both[0] == (me + size - 1) % size && both[1] == (me + 1) % size, "neighbours");
        System.out.println("rank " + me + " is content");
    }

    /** All count up one number under locks and by fetching, while the rank that has it computes or waits. */
    private static void windows() {
        Intracomm world = MPI.COMM_WORLD;
        int me = world.getRank();
        int size = world.getSize();
        int rounds = 200;
        Win[] windows = {
            new Win(2, 1, MPI.INFO_NULL, world, MPI.newLongBuffer(1), Win.FLAVOR_PRIVATE),
            new Win(2, 1, MPI.INFO_NULL, world, MPI.newLongBuffer(1), Win.FLAVOR_SHARED),
            new Win(MPI.newLongBuffer(2), 2, 1, MPI.INFO_NULL, world)
        };
        LongBuffer one = MPI.newLongBuffer(1).put(0, 1);
        LongBuffer found = MPI.newLongBuffer(1);
        for (Win win : windows) {
            for (int round = 0; round < rounds; round++) {
                win.lock(MPI.LOCK_EXCLUSIVE, 0, 0);
                win.get(found, 1, MPI.LONG, 0, 0, 1, MPI.LONG);
                win.flush(0);
                found.put(0, found.get(0) + 1);
                win.put(found, 1, MPI.LONG, 0, 0, 1, MPI.LONG);
                win.unlock(0);
            }
            win.lockAll(0);
            for (int round = 0; round < rounds; round++) {
                win.fetchAndOp(one, found, MPI.LONG, 0, 1, MPI.SUM);
                win.flush(0);
            }
            win.unlockAll();
            world.barrier();
            win.lock(MPI.LOCK_SHARED, 0, 0);
            win.get(found, 1, MPI.LONG, 0, 0, 1, MPI.LONG);
            win.flush(0);
            check(found.get(0) == (long) size * rounds, "number under locks");
            win.fetchAndOp(null, found, MPI.LONG, 0, 1, MPI.NO_OP);
            win.unlock(0);
            check(found.get(0) == (long) size * rounds, "number by fetching");
            win.free();
        }
        System.out.println("rank " + me + " is content");
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
