package mpi;

import java.io.IOException;
import java.util.stream.IntStream;

/** What ranks of real processes do with names of ports; the first argument says which scenario, the second the name. */
public final class NamesProgram {
    /** What a rank prints when another process may go on. */
    public static final String UP = "up";

    private NamesProgram() {}

    public static void main(String[] args) throws IOException {
        MPI.Init(args);
        String name = args[1];
        switch (args[0]) {
            case "serve" -> serve(name);
            case "call" -> call(name);
            case "hold" -> hold(name);
            case "leave" -> leave(name);
            case "check" -> check(name);
            case "errors" -> errors(name);
            case "race" -> race(name);
            default -> throw new IllegalArgumentException(args[0]);
        }
        MPI.Finalize();
    }

    /** The last rank publishes, all accept one group. */
    private static void serve(String name) {
        Intracomm world = MPI.COMM_WORLD;
        int root = world.getSize() - 1;
        String port = "";
        if (world.getRank() == root) {
            port = Intracomm.openPort();
            Intracomm.publishName(name, port);
            System.out.println(UP);
        }
        Intercomm caller = world.accept(port, root);
        if (world.getRank() == root) {
            Intracomm.unpublishName(name, port);
            expect(MPI.ERR_NAME, () -> Intracomm.lookupName(name));
            Intracomm.closePort(port);
        }
        greet(caller);
    }

    private static void call(String name) {
        String port = MPI.COMM_WORLD.getRank() == 0 ? Intracomm.lookupName(name) : "";
        greet(MPI.COMM_WORLD.connect(port, 0));
    }

    private static void greet(Intercomm others) {
        int[] sum = new int[1];
        others.allReduce(new int[] {1}, sum, 1, MPI.INT, MPI.SUM);
        others.disconnect();
        System.out.println("met " + sum[0]);
    }

    /** Publishes, and lives until standard input ends or somebody ends it. */
    private static void hold(String name) throws IOException {
        if (MPI.COMM_WORLD.getRank() == 0) {
            Intracomm.publishName(name, "port of " + name);
            System.out.println(UP);
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
        MPI.COMM_WORLD.barrier();
    }

    /** Rank 0 ends without taking its name back, which rank 1 notices. */
    private static void leave(String name) {
        if (MPI.COMM_WORLD.getRank() == 0) {
            Intracomm.publishName(name, "port");
        }
        MPI.COMM_WORLD.barrier();
        check(Intracomm.lookupName(name).equals("port"), "lookup");
    }

    private static void check(String name) {
        try {
            System.out.println("found " + Intracomm.lookupName(name));
        } catch (MPIException e) {
            check(e.getErrorClass() == MPI.ERR_NAME, "class of " + e);
            System.out.println("not found");
        }
    }

    private static void errors(String name) {
        Intracomm world = MPI.COMM_WORLD;
        boolean first = world.getRank() == 0;
        expect(MPI.ERR_NAME, () -> Intracomm.lookupName(name));
        expect(MPI.ERR_SERVICE, () -> Intracomm.unpublishName(name, "port"));
        world.barrier();
        if (first) {
            Intracomm.publishName(name, MPI.INFO_NULL, "port");
        }
        world.barrier();
        check(Intracomm.lookupName(name, MPI.INFO_NULL).equals("port"), "lookup");
        expect(MPI.ERR_SERVICE, () -> Intracomm.publishName(name, "other"));
        if (!first) {
            expect(MPI.ERR_SERVICE, () -> Intracomm.unpublishName(name, "port"));
        }
        world.barrier();
        if (first) {
            Intracomm.unpublishName(name, MPI.INFO_NULL, "port");
            expect(MPI.ERR_SERVICE, () -> Intracomm.unpublishName(name, "port"));
            Intracomm.publishName(name, "another");
            check(Intracomm.lookupName(name).equals("another"), "second lookup");
        }
        System.out.println("content");
    }

    /** Tries to get a hundred names that others want too, and keeps them until all have tried. */
    private static void race(String name) throws IOException {
        System.out.println(UP);
        check(System.in.read() >= 0, "the start");
        long won = IntStream.range(0, 100).filter(i -> wins(name + i)).count();
        System.out.println(won);
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
    }

    private static boolean wins(String name) {
        try {
            Intracomm.publishName(name, "port");
            return true;
        } catch (MPIException e) {
            check(e.getErrorClass() == MPI.ERR_SERVICE, "class of " + e);
            return false;
        }
    }

    private static void expect(int errorClass, Runnable call) {
        try {
            call.run();
        } catch (MPIException e) {
            check(e.getErrorClass() == errorClass, "class of " + e);
            return;
        }
        throw new AssertionError("no failure of class " + errorClass);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what + " is wrong at rank " + MPI.COMM_WORLD.getRank());
        }
    }
}
