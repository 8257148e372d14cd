package io.muster.mpi.file;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/** How a file is opened (MPI 4.1, section 14.2.1): bits, with the numbers of Open MPI. */
public record AccessMode(int bits) {
    public static final int CREATE = 1;
    public static final int RDONLY = 2;
    public static final int WRONLY = 4;
    public static final int RDWR = 8;
    public static final int DELETE_ON_CLOSE = 16;
    public static final int UNIQUE_OPEN = 32;
    public static final int EXCL = 64;
    public static final int APPEND = 128;
    public static final int SEQUENTIAL = 256;

    private static final int ALL = 2 * SEQUENTIAL - 1;

    boolean has(int bit) {
        return (bits & bit) != 0;
    }

    boolean reads() {
        return !has(WRONLY);
    }

    boolean writes() {
        return !has(RDONLY);
    }

    /** Throws when the bits do not fit together. */
    void check() {
        if ((bits & ~ALL) != 0) {
            throw bad("has unknown bits " + (bits & ~ALL));
        }
        if (Integer.bitCount(bits & (RDONLY | WRONLY | RDWR)) != 1) {
            throw bad("must have one of MODE_RDONLY, MODE_WRONLY and MODE_RDWR");
        }
        if (has(RDONLY) && (has(CREATE) || has(EXCL))) {
            throw bad("has MODE_CREATE or MODE_EXCL together with MODE_RDONLY");
        }
        if (has(RDWR) && has(SEQUENTIAL)) {
            throw bad("has MODE_SEQUENTIAL together with MODE_RDWR");
        }
    }

    private Failure bad(String why) {
        return new Failure(ErrorClass.AMODE, "access mode " + bits + " " + why);
    }

    /** What the channel of a rank is opened with; only the first rank may find that the file exists already. */
    Set<OpenOption> options(boolean first) {
        Set<OpenOption> options = new HashSet<>();
        if (reads()) {
            options.add(StandardOpenOption.READ);
        }
        if (writes()) {
            options.add(StandardOpenOption.WRITE);
        }
        if (has(CREATE)) {
            // The others create too: on NFS that asks the server, where a look-up may trust a stale cache.
            options.add(first && has(EXCL) ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE);
        }
        return options;
    }
}
