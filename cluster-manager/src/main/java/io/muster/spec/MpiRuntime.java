package io.muster.spec;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The message-passing library that the jobs of a cluster run on. */
public enum MpiRuntime {
    MUSTER("muster", "Muster's own runtime: nothing to install on the nodes."),
    OPENMPI("openmpi", "Open MPI, for programs in C, C++, Fortran and Python."),
    MPICH("mpich", "MPICH, for programs in C, C++, Fortran and Python."),
    MPJ_EXPRESS("mpj-express", "MPJ Express, for Java programs that were written for it.");

    private final String text;
    private final String description;

    MpiRuntime(String text, String description) {
        this.text = text;
        this.description = description;
    }

    /** The runtime with this name in a sizing file; empty when there is none. */
    public static Optional<MpiRuntime> named(String text) {
        return Arrays.stream(values())
                .filter(runtime -> runtime.text.equals(text))
                .findFirst();
    }

    /** The names of all, as a sentence has them. */
    public static String names() {
        return Arrays.stream(values()).map(MpiRuntime::text).collect(Collectors.joining(", "));
    }

    /** The name in a sizing file. */
    public String text() {
        return text;
    }

    Option option() {
        return new Option(text, description);
    }
}
