package io.muster.spec;

import java.util.Optional;

/**
 * What is done on the nodes of a job after its inputs have come and before its ranks start, in this order.
 *
 * @param requirements file on the submitting machine with what {@code pip} installs into a virtual environment on every
 *     node, whose {@code python} the program then finds first
 * @param build command line for a shell that runs once, on one node, in the work folder; the files that it makes or
 *     changes go to every node
 */
public record Preparation(Optional<String> requirements, Optional<String> build) {
    /** Nothing. */
    public static final Preparation NONE = new Preparation(Optional.empty(), Optional.empty());

    public Preparation {
        requirements.ifPresent(path -> check(!path.isBlank(), "the name of the requirements file is empty"));
        build.ifPresent(line -> check(!line.isBlank(), "the build command is empty"));
        build.ifPresent(line -> check(line.indexOf('\0') < 0, "the build command has a zero byte"));
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
