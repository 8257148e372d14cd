package io.muster.spec;

import java.util.Arrays;
import java.util.Optional;

/** The message-passing library that the jobs of a cluster run on. */
public enum MpiRuntime {
    MUSTER("muster", "Muster's own runtime: nothing to install on the nodes.", Availability.NOW),
    OPENMPI("openmpi", "Open MPI from the package manager of the nodes.", Availability.LATER),
    MPICH("mpich", "MPICH from the package manager of the nodes.", Availability.LATER),
    MPJ_EXPRESS("mpj-express", "MPJ Express, for comparison with older programs.", Availability.LATER);

    private final String text;
    private final String description;
    private final Availability availability;

    MpiRuntime(String text, String description, Availability availability) {
        this.text = text;
        this.description = description;
        this.availability = availability;
    }

    /** The runtime with this name in a sizing file; empty when there is none. */
    public static Optional<MpiRuntime> named(String text) {
        return Arrays.stream(values())
                .filter(runtime -> runtime.text.equals(text))
                .findFirst();
    }

    /** The name in a sizing file. */
    public String text() {
        return text;
    }

    Option option() {
        return new Option(text, description, availability);
    }
}
