package io.muster.launch;

import java.util.List;
import java.util.Optional;

/**
 * The message-passing library of a job, as it stands on the nodes.
 *
 * @param kind which one
 * @param home folder of its installation on every node, absolute or below {@value #USER_HOME}; empty for one that
 *     {@code PATH} finds or that lies where the packages of Linux distributions put it
 * @param modules environment modules to load before it is looked for, in this order
 */
public record MpiLibrary(Kind kind, Optional<String> home, List<String> modules) {
    /** Begins the path of a folder in the home folder of a node's user. */
    public static final String USER_HOME = "~/";

    /** Muster's own, which every node has. */
    public static final MpiLibrary MUSTER = of(Kind.MUSTER);

    public MpiLibrary {
        modules = List.copyOf(modules);
    }

    /** A library that the nodes have at a usual place. */
    public static MpiLibrary of(Kind kind) {
        return new MpiLibrary(kind, Optional.empty(), List.of());
    }

    /** Its folder on the node that this runs on. */
    public Optional<String> homeHere() {
        return home.map(path -> path.startsWith(USER_HOME)
                ? System.getenv().getOrDefault("HOME", System.getProperty("user.home")) + path.substring(1)
                : path);
    }

    /** Whether ranks are started by a launcher of the library, {@code mpirun}. */
    public boolean hasLauncher() {
        return switch (kind) {
            case OPEN_MPI, MPICH -> true;
            case MUSTER, MPJ_EXPRESS -> false;
        };
    }

    /** The libraries that Muster starts programs on. */
    public enum Kind {
        MUSTER("Muster's MPI runtime"),
        OPEN_MPI("Open MPI"),
        MPICH("MPICH"),
        MPJ_EXPRESS("MPJ Express");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** Its name for people. */
        public String title() {
            return title;
        }
    }
}
