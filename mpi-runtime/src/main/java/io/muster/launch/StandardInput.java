package io.muster.launch;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/** What rank 0 of a job reads from its standard input; other ranks find it at its end. */
public sealed interface StandardInput {
    /** The rank that gets it. */
    int RANK = 0;

    /** What the other ranks find. */
    StandardInput NOTHING = new Empty();

    /** Where a process reads from. */
    Redirect redirect(Path workFolder);

    /** Nothing. */
    record Empty() implements StandardInput {
        @Override
        public Redirect redirect(Path workFolder) {
            return Redirect.from(new File("/dev/null"));
        }
    }

    /**
     * The content of a file.
     *
     * @param path below the work folder of the job
     */
    record OfFile(String path) implements StandardInput {
        @Override
        public Redirect redirect(Path workFolder) {
            return Redirect.from(workFolder.resolve(path).toFile());
        }
    }

    /** What the process that starts the rank has. */
    record Inherited() implements StandardInput {
        @Override
        public Redirect redirect(Path workFolder) {
            return Redirect.INHERIT;
        }
    }
}
