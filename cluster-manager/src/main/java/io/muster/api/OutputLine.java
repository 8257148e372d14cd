package io.muster.api;

/**
 * One line that a rank wrote, without its line end.
 *
 * @param rank {@value #LAUNCHER} for lines of the library's own launcher, as Open MPI's {@code mpirun}
 * @param bytes as written; not necessarily text
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutputLine(int rank, Stream stream, byte[] bytes) {
    /** Stands for a rank where the launcher wrote. */
    public static final int LAUNCHER = -1;

    /** Where the rank wrote it. */
    public enum Stream {
        STDOUT,
        STDERR
    }
}
