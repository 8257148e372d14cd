package io.muster.api;

/**
 * One line that a rank wrote, without its line end.
 *
 * @param bytes as written; not necessarily text
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutputLine(int rank, Stream stream, byte[] bytes) {
    /** Where the rank wrote it. */
    public enum Stream {
        STDOUT,
        STDERR
    }
}
