package io.muster.job;

import io.muster.api.OutputLine;
import io.muster.launch.OutputStreamName;
import io.muster.supervisor.JobEvent;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Cuts the output of ranks into lines; a line that came in parts is put together. */
final class OutputLines {
    /** Longest line that is put together; what is longer goes out in pieces. */
    private static final int MAX_LINE_BYTES = 1 << 20;

    private final Consumer<OutputLine> consumer;
    private final Map<Source, ByteArrayOutputStream> open = new HashMap<>();

    OutputLines(Consumer<OutputLine> consumer) {
        this.consumer = consumer;
    }

    private record Source(int rank, OutputStreamName stream) {}

    void accept(JobEvent.Output output) {
        Source source = new Source(output.rank(), output.stream());
        ByteArrayOutputStream line = open.computeIfAbsent(source, any -> new ByteArrayOutputStream());
        for (byte next : output.bytes()) {
            if (next == '\n') {
                give(source, line);
            } else {
                line.write(next);
                if (line.size() >= MAX_LINE_BYTES) {
                    give(source, line);
                }
            }
        }
    }

    /** The rank writes nothing more: its last line may have no end. */
    void endOf(int rank) {
        open.forEach((source, line) -> {
            if (source.rank() == rank && line.size() > 0) {
                give(source, line);
            }
        });
    }

    void flush() {
        open.forEach((source, line) -> {
            if (line.size() > 0) {
                give(source, line);
            }
        });
    }

    private void give(Source source, ByteArrayOutputStream line) {
        OutputLine.Stream stream = switch (source.stream()) {
            case STDOUT -> OutputLine.Stream.STDOUT;
            case STDERR -> OutputLine.Stream.STDERR;
        };
        consumer.accept(new OutputLine(source.rank(), stream, line.toByteArray()));
        line.reset();
    }
}
