package io.muster.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * Prints the output of many ranks: lines never mix, each stream goes to its own. Thread-safe; blocks while the terminal
 * or pipe behind does.
 */
public final class OutputPrinter {
    /** Whether a line says which rank wrote it. */
    public enum Tags {
        /** Lines as they are. */
        NONE,
        /** {@code [rank] } before each line. */
        RANK
    }

    private final OutputStream out;
    private final OutputStream err;
    private final Tags tags;

    /** Who left a line without its end, by stream. */
    private final Map<OutputStreamName, Integer> unfinished = new EnumMap<>(OutputStreamName.class);

    /** Prints to these, which stay open. */
    public OutputPrinter(OutputStream out, OutputStream err, Tags tags) {
        this.out = out;
        this.err = err;
        this.tags = tags;
    }

    /**
     * Prints output of a rank.
     *
     * @param bytes one or more lines
     * @param partial the last one has no line end, and goes on with the next output of this rank, if there is more
     */
    public synchronized void print(int rank, OutputStreamName stream, byte[] bytes, boolean partial)
            throws IOException {
        OutputStream target = stream == OutputStreamName.STDOUT ? out : err;
        Integer before = unfinished.remove(stream);
        boolean continues = before != null && before == rank;
        if (before != null && !continues) {
            target.write('\n');
        }
        if (tags == Tags.NONE) {
            target.write(bytes);
        } else {
            printTagged(target, "[" + rank + "] ", bytes, continues);
        }
        if (partial) {
            unfinished.put(stream, rank);
        }
        target.flush();
    }

    private static void printTagged(OutputStream target, String tag, byte[] bytes, boolean continues)
            throws IOException {
        byte[] prefix = tag.getBytes(StandardCharsets.US_ASCII);
        boolean lineBegins = !continues;
        int start = 0;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            end = Math.min(end + 1, bytes.length);
            if (lineBegins) {
                target.write(prefix);
            }
            target.write(bytes, start, end - start);
            lineBegins = true;
            start = end;
        }
    }
}
