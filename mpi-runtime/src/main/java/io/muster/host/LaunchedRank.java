package io.muster.host;

import io.muster.launch.OutputStreamName;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A rank that the library's own launcher has started, and that its script tells of. It writes into two named pipes of
 * ours.
 */
final class LaunchedRank implements HostedRank {
    /** Of a rank that went with its script, so that nobody told its exit code. */
    private static final int KILLED = 137;

    private final int rank;
    private final Path folder;
    private final Consumer<RankEvent> sink;
    private final CountDownLatch exited = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private final List<OutputPump> pumps = new CopyOnWriteArrayList<>();
    private final List<Closeable> openers = new ArrayList<>();
    private volatile int exitCode;

    LaunchedRank(int rank, Path folder, Consumer<RankEvent> sink) {
        this.rank = rank;
        this.folder = folder;
        this.sink = sink;
    }

    /** Its script is about to open the two pipes, and waits for a reader. */
    void opens() throws IOException {
        open(OutputStreamName.STDOUT, "out-" + rank);
        open(OutputStreamName.STDERR, "err-" + rank);
    }

    private synchronized void open(OutputStreamName stream, String name) throws IOException {
        Path pipe = folder.resolve(name);
        // Opened for both, a named pipe waits for nobody; held until the writer is there, it does not end before.
        openers.add(new RandomAccessFile(pipe.toFile(), "rw"));
        OutputPump pump = new OutputPump(
                new FileInputStream(pipe.toFile()),
                (bytes, partial) -> sink.accept(new RankEvent.RankOutput(rank, stream, bytes, partial)));
        pump.start(name);
        pumps.add(pump);
    }

    /** Its program runs, with the pipes open. */
    void runs(long pid) {
        closeOpeners();
        sink.accept(new RankEvent.RankStarted(rank, pid));
    }

    /** Its program is gone; told when all it wrote was told. Does nothing when that is known. */
    synchronized void ended(int code) {
        if (exited.getCount() == 0) {
            return;
        }
        exitCode = code;
        long atMillis = System.currentTimeMillis();
        exited.countDown();
        closeOpeners();
        Thread.ofVirtual().name("exit-" + rank).start(() -> tellExit(code, atMillis));
    }

    /** Nothing of it is there any more. */
    void killed() {
        ended(KILLED);
    }

    private synchronized void closeOpeners() {
        for (Closeable opener : openers) {
            try {
                opener.close();
            } catch (IOException e) {
                // Nothing was written through it.
            }
        }
        openers.clear();
    }

    private void tellExit(int code, long atMillis) {
        try {
            for (OutputPump pump : pumps) {
                pump.awaitDrained();
            }
            sink.accept(new RankEvent.RankExited(rank, code, atMillis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            told.countDown();
        }
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public boolean isAlive() {
        return exited.getCount() > 0;
    }

    @Override
    public boolean awaitExit(long timeoutMs) throws InterruptedException {
        return exited.await(Math.max(timeoutMs, 0), TimeUnit.MILLISECONDS);
    }

    @Override
    public int exitCode() {
        return exitCode;
    }

    @Override
    public boolean awaitTold(long timeoutMs) throws InterruptedException {
        return told.await(Math.max(timeoutMs, 0), TimeUnit.MILLISECONDS);
    }
}
