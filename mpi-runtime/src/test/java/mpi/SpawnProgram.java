package mpi;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** What ranks of real processes do that spawn others, and those others; the first argument says which scenario. */
public final class SpawnProgram {
    private static final String SELF = SpawnProgram.class.getName();

    private SpawnProgram() {}

    public static void main(String[] args) {
        MPI.Init(args);
        Intracomm world = MPI.COMM_WORLD;
        switch (args[0]) {
            case "work" -> work(spawn(SELF, Integer.parseInt(args[1]), "child"));
            case "child" -> work(parent());
            case "repeat" -> repeat(Integer.parseInt(args[1]));
            case "greet" -> greet(parent());
            case "java" -> java(args[1]);
            case "selves" -> {
                greet(MPI.COMM_SELF.spawn(SELF, new String[] {"greet"}, 2, null, 0, null));
                world.barrier();
            }
            case "script" -> greet(spawn(args[1], 2));
            case "multiple" -> multiple();
            case "part" -> part(args[1]);
            case "missing" -> missing();
            case "where" -> where(args[1]);
            case "tell" -> {
                System.out.println("in " + Path.of("").toAbsolutePath());
                greet(parent());
            }
            case "generations" -> generations(Integer.parseInt(args[1]));
            case "outlived" -> spawn(SELF, 2, "outlives").disconnect();
            case "outlives" -> {
                parent().disconnect();
                world.barrier();
                System.out.println("outlived");
            }
            case "wait" -> spawn(SELF, 2, "die", args[1]).recv(new int[1], 1, MPI.INT, 1, 0);
            case "die" -> die(Integer.parseInt(args[1]));
            case "leave" -> leave(Integer.parseInt(args[1]));
            case "abandon" -> spawn(SELF, 1, "park").disconnect();
            case "park" -> {
                parent().disconnect();
                LockSupport.park();
            }
            case "abort" -> spawn(SELF, 2, "aborts").barrier();
            case "aborts" -> aborts();
            case "hold" -> spawn(SELF, 1, "held").recv(new int[1], 1, MPI.INT, 0, 0);
            case "held" -> {
                System.out.println("held");
                parent().recv(new int[1], 1, MPI.INT, 0, 0);
            }
            case "orphan" -> parent().recv(new int[1], 1, MPI.INT, 0, 0);
            default -> throw new IllegalArgumentException(args[0]);
        }
        MPI.Finalize();
    }

    private static Intercomm spawn(String command, int ranks, String... arguments) {
        int root = MPI.COMM_WORLD.getSize() - 1;
        int[] codes = new int[ranks];
        Arrays.fill(codes, -1);
        boolean counts = MPI.COMM_WORLD.getRank() == root;
        Intercomm children = MPI.COMM_WORLD.spawn(
                counts ? command : "", counts ? arguments : null, counts ? ranks : 0, MPI.INFO_NULL, root, codes);
        check(Arrays.stream(codes).allMatch(code -> code == MPI.SUCCESS), "codes");
        check(children.getRemoteSize() == ranks, "number of children");
        return children;
    }

    private static Intercomm parent() {
        Intercomm parent = Intercomm.getParent();
        check(!parent.isNull(), "parent");
        return parent;
    }

    /** Messages, collective operations and one group of both; then both end without a word. */
    private static void work(Intercomm others) {
        Intracomm world = MPI.COMM_WORLD;
        int theirs = others.getRemoteSize();
        int me = world.getRank();
        boolean child = !Intercomm.getParent().isNull();
        for (int count : new int[] {1, 1_000, 100_000}) {
            for (int peer = 0; peer < theirs; peer++) {
                int[] out = new int[count];
                out[count - 1] = 7 * me;
                int[] in = new int[count];
                Request sent = others.iSend(out, count, MPI.INT, peer, 3);
                others.recv(in, count, MPI.INT, peer, 3);
                sent.waitFor();
                check(in[count - 1] == 7 * peer, "message of " + count);
            }
        }
        int[] sum = new int[1];
        others.allReduce(new int[] {me + 1}, sum, 1, MPI.INT, MPI.SUM);
        check(sum[0] == theirs * (theirs + 1) / 2, "allReduce");
        int[] word = {child ? 0 : 77};
        int parentsRoot = me == 0 ? MPI.ROOT : MPI.PROC_NULL;
        others.bcast(word, 1, MPI.INT, child ? 0 : parentsRoot);
        check(word[0] == 77, "bcast");
        Intracomm both = others.merge(child);
        check(both.getRank() == me + (child ? theirs : 0), "rank in both");
        long[] total = {both.getRank()};
        both.allReduce(total, 1, MPI.LONG, MPI.SUM);
        check(total[0] == (long) both.getSize() * (both.getSize() - 1) / 2, "sum of both");
        System.out.println((child ? "child " : "parent ") + me + " is content");
    }

    private static void greet(Intercomm others) {
        int[] sum = new int[1];
        others.allReduce(new int[] {1}, sum, 1, MPI.INT, MPI.SUM);
        check(sum[0] == others.getRemoteSize(), "greeting");
        others.disconnect();
        check(others.isNull() && Intercomm.getParent().isNull(), "disconnected");
    }

    private static void repeat(int times) {
        for (int i = 0; i < times; i++) {
            greet(spawn(SELF, 1 + i % 2, "greet"));
        }
        System.out.println("content");
    }

    private static void java(String classPath) {
        greet(spawn("java", 2, SELF, "greet"));
        greet(spawn(
                "java",
                1,
                "-Xmx64m",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "-cp",
                classPath,
                SELF,
                "greet"));
        System.out.println("content");
    }

    private static void multiple() {
        int[] codes = {-1, -1, -1};
        Intercomm children = MPI.COMM_WORLD.spawnMultiple(
                new String[] {SELF, SELF},
                new String[][] {{"part", "0"}, {"part", "1"}},
                new int[] {2, 1},
                new Info[] {MPI.INFO_NULL, MPI.INFO_NULL},
                0,
                codes);
        check(Arrays.equals(codes, new int[3]), "codes");
        int[] numbers = new int[3];
        children.allGather(new int[] {-1}, 1, MPI.INT, numbers, 1, MPI.INT);
        check(Arrays.equals(numbers, new int[] {0, 1, 102}), "numbers " + Arrays.toString(numbers));
        children.disconnect();
        System.out.println("content");
    }

    private static void part(String number) {
        Intracomm world = MPI.COMM_WORLD;
        check(number.equals(String.valueOf(world.getAttr(MPI.APPNUM))), "APPNUM");
        int[] seen = new int[parent().getRemoteSize()];
        int[] mine = {100 * Integer.parseInt(number) + world.getRank()};
        parent().allGather(mine, 1, MPI.INT, seen, 1, MPI.INT);
        check(IntStream.of(seen).allMatch(each -> each == -1), "parents");
        parent().disconnect();
    }

    /** What cannot be started is named, at all ranks, and the job goes on. */
    private static void missing() {
        for (String command : new String[] {"/no/such/file", "no-such-command", "true"}) {
            int[] codes = {0, 0};
            try {
                MPI.COMM_WORLD.spawn(command, null, 2, null, 0, codes);
                check(false, command);
            } catch (MPIException e) {
                check(e.getErrorClass() == MPI.ERR_SPAWN, "class of " + e);
                check(String.valueOf(e.getMessage()).contains("cannot spawn " + command + ": "), "message of " + e);
                check(codes[1] == MPI.ERR_SPAWN, "codes");
                if (MPI.COMM_WORLD.getRank() == 0) {
                    System.out.println(e.getMessage());
                }
            }
        }
        refuse(MPI.ERR_ARG, SELF, new String[] {}, 0);
        refuse(MPI.ERR_ARG, "no\0path", new String[] {}, 1);
        refuse(MPI.ERR_SPAWN, " ", new String[] {}, 1);
        greet(spawn(SELF, 1, "greet"));
    }

    private static void refuse(int errorClass, String command, String[] arguments, int ranks) {
        try {
            MPI.COMM_WORLD.spawn(command, arguments, ranks, null, 0, null);
            check(false, "spawning " + command);
        } catch (MPIException e) {
            check(e.getErrorClass() == errorClass, "class of " + e);
        }
    }

    private static void where(String folder) {
        Info info = new Info();
        info.set("wdir", folder);
        info.set("soft", "1:4");
        info.set("host", "localhost");
        greet(MPI.COMM_WORLD.spawn(SELF, new String[] {"tell"}, 1, info, 0, null));
        info.set("host", "localhost, elsewhere");
        try {
            MPI.COMM_WORLD.spawn(SELF, new String[] {"tell"}, 1, info, 0, null);
            check(false, "elsewhere");
        } catch (MPIException e) {
            check(String.valueOf(e.getMessage()).contains("elsewhere"), "message of " + e);
        }
    }

    private static void generations(int left) {
        if (left > 0) {
            spawn(SELF, 1, "generations", String.valueOf(left - 1)).disconnect();
        }
        if (!Intercomm.getParent().isNull()) {
            parent().disconnect();
        }
        System.out.println("generation " + left);
    }

    /** A spawned rank ends without a word; the others wait for it. */
    private static void die(int code) {
        if (MPI.COMM_WORLD.getRank() == 1) {
            Runtime.getRuntime().halt(code);
        }
        MPI.COMM_WORLD.barrier();
    }

    /** A rank ends without a word; those that it has spawned wait for it. */
    private static void leave(int code) {
        Intercomm children = spawn(SELF, 2, "orphan");
        if (MPI.COMM_WORLD.getRank() == 0) {
            Runtime.getRuntime().halt(code);
        }
        children.recv(new int[1], 1, MPI.INT, 0, 0);
    }

    /** The second of the children ends all. */
    private static void aborts() {
        if (MPI.COMM_WORLD.getRank() == 1) {
            MPI.COMM_WORLD.abort(5);
        }
        parent().barrier();
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what + " is wrong at rank " + MPI.COMM_WORLD.getRank());
        }
    }
}
