package io.muster.cli;

import io.muster.api.OutputLine;
import io.muster.cli.document.Json;
import io.muster.cli.document.LineDocument;
import io.muster.cli.screen.ClosedOutput;
import io.muster.cli.screen.Screen;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Passes lines of ranks on, byte for byte. When nobody reads stdout any more it falls silent and tells its owner, who
 * decides whether the work goes on.
 */
final class RankOutput implements Consumer<OutputLine> {
    private final Screen screen;
    private final Tag tag;
    private final Target target;
    private final Runnable whenClosed;
    private volatile boolean closed;

    RankOutput(Screen screen, Tag tag, Target target, Runnable whenClosed) {
        this.screen = screen;
        this.tag = tag;
        this.target = target;
        this.whenClosed = whenClosed;
    }

    /** Whether nobody reads any more. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public void accept(OutputLine line) {
        if (closed) {
            return;
        }
        try {
            switch (target) {
                case AS_WRITTEN -> {
                    switch (line.stream()) {
                        case STDOUT -> screen.printRaw(bytes(line));
                        case STDERR -> screen.sayRaw(bytes(line));
                    }
                }
                case STDERR -> screen.sayRaw(bytes(line));
                case JSON_LINES ->
                    screen.printRaw((Json.line(LineDocument.of(line)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (ClosedOutput e) {
            closed = true;
            whenClosed.run();
        }
    }

    private byte[] bytes(OutputLine line) {
        String writer = line.rank() == OutputLine.LAUNCHER ? "mpirun" : String.valueOf(line.rank());
        byte[] prefix = tag == Tag.RANK ? ("[" + writer + "] ").getBytes(StandardCharsets.US_ASCII) : new byte[0];
        byte[] text = line.bytes();
        byte[] all = new byte[prefix.length + text.length + 1];
        System.arraycopy(prefix, 0, all, 0, prefix.length);
        System.arraycopy(text, 0, all, prefix.length, text.length);
        all[all.length - 1] = '\n';
        return all;
    }

    /** What stands before a line. */
    enum Tag {
        NONE,
        RANK
    }

    /** Where lines go. */
    enum Target {
        /** stdout to stdout, stderr to stderr. */
        AS_WRITTEN,
        /** All to stderr, because stdout holds a document. */
        STDERR,
        /** A JSON object a line, on stdout. */
        JSON_LINES
    }
}
