package io.muster.examples.heat;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param input the plate, or nothing for the one that comes with the program
 * @param size cells along the longer side
 * @param limit when to stop
 * @param output where the picture goes
 * @param residual where the residuals go
 * @param field where the temperatures go, or nothing
 * @param frames pictures on the way, 0 for none
 * @param quiet no report of progress
 * @param help the user wants to read the usage only
 */
record HeatOptions(
        Optional<Path> input,
        int size,
        Limit limit,
        Path output,
        Path residual,
        Optional<Path> field,
        int frames,
        boolean quiet,
        boolean help) {

    static final String USAGE = """
            Heat on a plate, computed by all ranks together.

              --input FILE      plate as PNG or CSV (default: the cold plate of a server board)
                                  PNG: grey conducts and starts at 0 °C (black) to 100 °C (white), blue to red is
                                  held at 0 °C to 100 °C, transparent insulates
                                  CSV: 20 conducts and starts at 20 °C, =95 is held at 95 °C, x insulates
              --size N          cells along the longer side (default 512)
              --steps N         time steps (default 3000)
              --until CHANGE    instead of --steps: until no cell changes by more than so many °C in a step
              --output FILE     picture of the result (default heat.png); a name that ends with .ppm gets the
                                cells alone, one pixel each
              --residual FILE   residual over time as CSV (default residual.csv)
              --field FILE      also the temperatures, as a CSV that --input reads
              --frames K        also K pictures on the way: heat-001.png … (needs --steps)
              --quiet           no report of progress
              --help            this text

            Example: muster mpirun -n 8 heat.jar --size 1024 --steps 20000
            """;

    private static final int DEFAULT_SIZE = 512;
    private static final long DEFAULT_STEPS = 3000;
    private static final int LOOK_EVERY = 100;
    private static final int SMALLEST = 8;
    private static final int LARGEST = 32_768;
    private static final int MOST_FRAMES = 999;

    /** Reads arguments; the same on every rank, so that all stop when something is wrong. */
    static HeatOptions parse(String[] arguments) throws BadInput {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        Optional<Path> input = Optional.empty();
        Optional<Long> steps = Optional.empty();
        Optional<Double> until = Optional.empty();
        int size = DEFAULT_SIZE;
        Path output = Path.of("heat.png");
        Path residual = Path.of("residual.csv");
        Optional<Path> field = Optional.empty();
        int frames = 0;
        boolean quiet = false;
        boolean help = false;
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--input" -> input = Optional.of(path(option, rest));
                case "--size" -> size = (int) whole(option, rest, SMALLEST, LARGEST);
                case "--steps" -> steps = Optional.of(whole(option, rest, 1, 1_000_000_000_000L));
                case "--until" -> until = Optional.of(positive(option, rest));
                case "--output" -> output = path(option, rest);
                case "--residual" -> residual = path(option, rest);
                case "--field" -> field = Optional.of(path(option, rest));
                case "--frames" -> frames = (int) whole(option, rest, 0, MOST_FRAMES);
                case "--quiet" -> quiet = true;
                case "--help", "-h" -> help = true;
                default -> throw new BadInput("Unknown argument '" + option + "'. --help lists the options.");
            }
        }
        if (until.isPresent() && (steps.isPresent() || frames > 0)) {
            throw new BadInput("--until does not go together with --steps or --frames: the number of steps is open.");
        }
        if (frames > steps.orElse(DEFAULT_STEPS)) {
            throw new BadInput("--frames " + frames + " is more than there are steps.");
        }
        Limit limit = until.map(change -> new Limit(Long.MAX_VALUE, change, LOOK_EVERY))
                .orElse(Limit.afterSteps(steps.orElse(DEFAULT_STEPS), LOOK_EVERY));
        return new HeatOptions(input, size, limit, output, residual, field, frames, quiet, help);
    }

    private static String value(String option, Deque<String> rest) throws BadInput {
        if (rest.isEmpty()) {
            throw new BadInput(option + " needs a value. --help lists the options.");
        }
        return rest.pop();
    }

    private static Path path(String option, Deque<String> rest) throws BadInput {
        String value = value(option, rest);
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new BadInput(option + " '" + value + "' is no file name: " + e.getReason() + ".");
        }
    }

    private static long whole(String option, Deque<String> rest, long least, long most) throws BadInput {
        String value = value(option, rest);
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The message below says what is right for both cases.
        }
        throw new BadInput(option + " takes a whole number from " + least + " to " + most + ", not '" + value + "'.");
    }

    private static double positive(String option, Deque<String> rest) throws BadInput {
        String value = value(option, rest);
        try {
            double number = Double.parseDouble(value);
            if (number > 0 && number < Double.POSITIVE_INFINITY) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The message below says what is right for both cases.
        }
        throw new BadInput(option + " takes a change in °C above 0, such as 1e-4, not '" + value + "'.");
    }
}
