package io.muster.host;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The named pipe through which the scripts of a job tell what they do, read line by line. */
final class ScriptEvents implements Closeable {
    private static final String END = "end";

    private final RandomAccessFile own;
    private final Thread reader;

    private ScriptEvents(RandomAccessFile own, Thread reader) {
        this.own = own;
        this.reader = reader;
    }

    /** Reads on a thread of its own; {@code listener} gets the words of each line. */
    static ScriptEvents open(Path pipe, Consumer<List<String>> listener) throws IOException {
        // Opened for both, it waits for nobody and does not end between two writers.
        RandomAccessFile own = new RandomAccessFile(pipe.toFile(), "rw");
        FileInputStream in = new FileInputStream(pipe.toFile());
        Thread reader = Thread.ofPlatform().name("script-events").daemon().start(() -> read(in, listener));
        return new ScriptEvents(own, reader);
    }

    private static void read(FileInputStream in, Consumer<List<String>> listener) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && !line.equals(END); line = lines.readLine()) {
                listener.accept(List.of(line.split(" ")));
            }
        } catch (IOException e) {
            // A named pipe that is held open at both ends does not break.
            throw new IllegalStateException(e);
        }
    }

    /** Waits until all that was told by now was heard. */
    void drain(Duration deadline) throws InterruptedException, IOException {
        own.write((END + "\n").getBytes(StandardCharsets.US_ASCII));
        reader.join(deadline);
    }

    @Override
    public void close() throws IOException {
        own.close();
    }
}
