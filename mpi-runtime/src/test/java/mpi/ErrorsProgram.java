package mpi;

import java.util.List;

/** How calls fail in real processes, see {@link ErrorsIT}; the first argument says which scenario. */
public final class ErrorsProgram {
    private ErrorsProgram() {}

    public static void main(String[] args) {
        if (args[0].equals("outside")) {
            refused("MPI.Init has not been called");
        }
        MPI.Init(args);
        Intracomm world = MPI.COMM_WORLD;
        switch (args[0]) {
            case "outside" -> {}
            case "default" -> check(fails(world, MPI.ERR_RANK), "it throws");
            case "return" -> {
                world.setErrhandler(MPI.ERRORS_ARE_FATAL);
                world.setErrhandler(MPI.ERRORS_RETURN);
                check(fails(world, MPI.ERR_RANK) && fails(world.dup(), MPI.ERR_RANK), "it throws");
            }
            case "mpiJava" -> {
                MPI.Errorhandler_set(MPI.ERRORS_ARE_FATAL);
                check(fails(world, MPI.ERR_RANK), "it throws");
            }
            case "other" -> {
                Intracomm copy = world.dup();
                world.setErrhandler(MPI.ERRORS_ARE_FATAL);
                check(fails(copy, MPI.ERR_RANK), "it throws on a copy made before");
                check(fails(() -> new File(world, "/no/such/folder/file", MPI.MODE_RDONLY), 0), "opening throws");
            }
            case "fatal", "abort" -> {
                world.setErrhandler(args[0].equals("fatal") ? MPI.ERRORS_ARE_FATAL : MPI.ERRORS_ABORT);
                endedBy(world);
            }
            case "dup", "split", "cart", "merge" -> {
                world.setErrhandler(MPI.ERRORS_ARE_FATAL);
                endedBy(made(world, args[0]));
            }
            case "call" -> {
                world.setErrhandler(MPI.ERRORS_ABORT);
                world.callErrhandler(MPI.ERR_RANK);
            }
            case "window" -> {
                Win window = new Win(MPI.newIntBuffer(1), 1, 1, MPI.INFO_NULL, world);
                check(fails(() -> put(window), MPI.ERR_RANK), "it throws");
                window.setErrhandler(MPI.ERRORS_ARE_FATAL);
                put(window);
            }
            case "file" -> {
                File file = new File(world, args[1], MPI.MODE_RDWR | MPI.MODE_CREATE | MPI.MODE_DELETE_ON_CLOSE);
                check(fails(() -> file.setSize(-1), 0), "it throws");
                check(file.getErrhandler().equals(MPI.ERRORS_RETURN), "the handler of a file");
                file.setErrhandler(MPI.ERRORS_ARE_FATAL);
                file.callErrhandler(MPI.ERR_RANK);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
        MPI.Finalize();
        if (args[0].equals("outside")) {
            refused("MPI.Finalize has been called");
        }
        System.out.println("content");
    }

    /** Rank 0 makes a mistake that ends the job, while the others wait. */
    private static void endedBy(Intracomm comm) {
        if (comm.getRank() == 0) {
            comm.send(new int[1], 1, MPI.INT, 99, 1);
        }
        comm.barrier();
    }

    private static Intracomm made(Intracomm world, String how) {
        return switch (how) {
            case "dup" -> world.dup();
            case "split" -> world.split(0, 0);
            case "cart" -> world.createCart(new int[] {world.getSize()}, new boolean[] {true}, false);
            default -> {
                Intracomm half = world.split(world.getRank() % 2, 0);
                yield half.createIntercomm(world, 0, 1 - world.getRank() % 2, 7).merge(world.getRank() % 2 == 1);
            }
        };
    }

    private static void put(Win window) {
        window.fence(0);
        window.put(MPI.newIntBuffer(1), 1, MPI.INT, 99, 0, 1, MPI.INT);
    }

    /** Every call that needs the job says why it cannot be done. */
    private static void refused(String why) {
        Intracomm world = MPI.COMM_WORLD;
        List<Runnable> calls = List.of(
                world::getRank,
                world::Size,
                world::barrier,
                world::dup,
                () -> world.send(new int[1], 1, MPI.INT, 0, 1),
                () -> world.Recv(new int[1], 0, 1, MPI.INT, 0, 1),
                () -> world.iProbe(0, 1),
                () -> world.iAllReduce(new int[1], 1, MPI.INT, MPI.SUM),
                () -> world.split(0, 0),
                () -> world.spawn("true", null, 1, MPI.INFO_NULL, 0, null),
                () -> world.abort(world.getRank()),
                () -> new Win(MPI.newIntBuffer(1), 1, 1, MPI.INFO_NULL, world),
                () -> new File(world, "file", MPI.MODE_RDONLY),
                () -> Intracomm.publishName("name", "port"),
                Intracomm::openPort,
                world::getGroup);
        for (int i = 0; i < calls.size(); i++) {
            int which = i;
            try {
                calls.get(i).run();
                check(false, "call " + which);
            } catch (MPIException e) {
                check(String.valueOf(e.getMessage()).contains(why), "message of call " + which + ": " + e);
            }
        }
        check(MPI.isInitialized() == MPI.isFinalized(), "inquiries");
        check(MPI.wtime() >= 0 && !MPI.getProcessorName().isEmpty(), "clock and name");
    }

    private static boolean fails(Intracomm comm, int errorClass) {
        return fails(() -> comm.send(new int[1], 1, MPI.INT, 99, 1), errorClass);
    }

    /** Whether a call throws, with this error class unless that is 0. */
    private static boolean fails(Runnable call, int errorClass) {
        try {
            call.run();
            return false;
        } catch (MPIException e) {
            return errorClass == 0 || e.getErrorClass() == errorClass;
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what + " is wrong");
        }
    }
}
