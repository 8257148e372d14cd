package io.muster.examples.heat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import mpi.Intracomm;
import mpi.MPI;

/** Heat on a plate, on as many ranks as there are; {@code --help} tells the options. */
public final class Heat {

    private static final int BAD_INPUT = 2;
    private static final int FAILED = 1;

    private Heat() {}

    /**
     * Runs the simulation; collective over all ranks.
     *
     * <p>Exits with 0, or with 2 on every rank when arguments or input are wrong. A file that cannot be written aborts
     * all ranks.
     */
    public static void main(String[] args) {
        // No display is wanted, and without this the image classes look for one.
        System.setProperty("java.awt.headless", "true");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Intracomm world = null;
        try {
            String[] arguments = MPI.Init(args);
            world = MPI.COMM_WORLD;
            run(world, HeatOptions.parse(arguments), out);
            MPI.Finalize();
        } catch (BadInput e) {
            if (world != null && world.Rank() == 0) {
                err.println("heat: " + e.getMessage());
            }
            MPI.Finalize();
            System.exit(BAD_INPUT);
        } catch (IOException e) {
            err.println("heat: the result cannot be written: " + e + ". Free some space or give another --output.");
            MPI.COMM_WORLD.Abort(FAILED);
        }
    }

    private static void run(Intracomm world, HeatOptions options, PrintStream out) throws BadInput, IOException {
        if (options.help()) {
            if (world.Rank() == 0) {
                out.print(HeatOptions.USAGE);
            }
            return;
        }
        Plate plate = share(world, options);
        Region whole = plate.sizeFor(options.size());
        Decomposition decomposition = Decomposition.of(whole.width(), whole.height(), world.Size());
        CartesianRanks ranks = new CartesianRanks(world, decomposition);
        new HeatRun(options, plate, decomposition, ranks, out).run();
    }

    /** Rank 0 reads the plate, since the others may run where the file is not, and tells them when it cannot. */
    private static Plate share(Intracomm world, HeatOptions options) throws BadInput {
        Optional<Plate> read = Optional.empty();
        Optional<BadInput> problem = Optional.empty();
        if (world.Rank() == 0) {
            try {
                HeatRun.checkOutput(options);
                read = Optional.of(
                        options.input().isPresent()
                                ? PlateFile.read(options.input().get())
                                : PlateFile.readDefault());
            } catch (BadInput e) {
                problem = Optional.of(e);
            }
        }
        int[] shape = {read.map(Plate::width).orElse(0), read.map(Plate::height).orElse(0)};
        world.Bcast(shape, 0, shape.length, MPI.INT, 0);
        if (shape[0] == 0) {
            throw problem.orElseGet(() -> new BadInput("Rank 0 could not read the plate; it says why."));
        }
        Plate plate = read.orElseGet(() -> Plate.uniform(shape[0], shape[1], 0));
        world.Bcast(plate.celsius(), 0, plate.celsius().length, MPI.DOUBLE, 0);
        world.Bcast(plate.kinds(), 0, plate.kinds().length, MPI.BYTE, 0);
        return plate;
    }
}
