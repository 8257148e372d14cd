package io.muster.host;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Carries one output stream of a rank, whole lines as they come. */
final class OutputPump {
    /** Longest line that is kept together, in bytes. */
    static final int MAX_LINE_BYTES = 64 << 10;

    private static final int LOOK_AGAIN_MS = 20;

    /** Long enough for a thread that the machine gave no time; waited for only when a descendant holds the stream. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Where the lines go. Blocks as long as there is no room. */
    interface Sink {
        void accept(byte[] bytes, boolean partial);
    }

    private final InputStream in;
    private final Sink sink;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicLong seenBytes = new AtomicLong();
    private volatile boolean delivering;

    OutputPump(InputStream in, Sink sink) {
        this.in = in;
        this.sink = sink;
    }

    void start(String name) {
        Thread.ofPlatform().name(name).daemon().stackSize(128 << 10).start(this::run);
    }

    private void run() {
        byte[] buffer = new byte[MAX_LINE_BYTES];
        int held = 0;
        try (in) {
            while (true) {
                int read = in.read(buffer, held, buffer.length - held);
                if (read < 0) {
                    break;
                }
                delivering = true;
                seenBytes.addAndGet(read);
                held = forward(buffer, held + read);
                delivering = false;
            }
        } catch (IOException e) {
            // The stream of a process that was killed may break instead of end: the same to us.
        } finally {
            if (held > 0) {
                sink.accept(Arrays.copyOf(buffer, held), true);
            }
            ended.countDown();
        }
    }

    private int forward(byte[] buffer, int size) {
        int lineEnd = size;
        while (lineEnd > 0 && buffer[lineEnd - 1] != '\n') {
            lineEnd--;
        }
        if (lineEnd == 0 && size < buffer.length) {
            return size;
        }
        if (lineEnd == 0) {
            sink.accept(buffer.clone(), true);
            return 0;
        }
        sink.accept(Arrays.copyOf(buffer, lineEnd), false);
        System.arraycopy(buffer, lineEnd, buffer, 0, size - lineEnd);
        return size - lineEnd;
    }

    /**
     * Waits until the stream has ended; or, when the process is gone and only a descendant holds the stream open, until
     * nothing has come for a while.
     */
    void awaitDrained() throws InterruptedException {
        long before = seenBytes.get();
        long quietSince = System.nanoTime();
        while (System.nanoTime() - quietSince < QUIET_NANOS && !ended.await(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
            long now = seenBytes.get();
            if (now != before || delivering) {
                quietSince = System.nanoTime();
            }
            before = now;
        }
    }
}
