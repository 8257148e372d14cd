package io.muster.cli.resident;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes frames to a socket from a thread of its own, because an interrupt of a thread that writes would close the
 * socket. After a failure everything is thrown away. Thread-safe.
 */
final class FrameWriter {
    private static final int HEADER_BYTES = 5;

    /** Each of at most what one write of a command holds. */
    private static final int MAX_WAITING = 64;

    private final BlockingQueue<ByteBuffer> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final ByteBuffer last = ByteBuffer.allocate(0);
    private final SocketChannel channel;
    private final Thread thread;
    private volatile boolean broken;

    FrameWriter(SocketChannel channel) {
        this.channel = channel;
        this.thread = Thread.ofVirtual().name("command-write").start(this::writeAll);
    }

    /** Blocks, also when interrupted, while too much waits. The bytes are copied. */
    void send(byte kind, int number, byte[] bytes, int offset, int length) throws IOException {
        if (broken) {
            throw new IOException("the process that asked for the command is gone");
        }
        put(frame(kind, number, bytes, offset, length));
    }

    /** A frame without bytes; see {@link #send(byte, int, byte[], int, int)}. */
    void send(byte kind, int number) throws IOException {
        send(kind, number, new byte[0], 0, 0);
    }

    /** Sends a frame without bytes unless others wait. */
    void offer(byte kind) {
        boolean _ = waiting.isEmpty() && waiting.offer(frame(kind, 0, new byte[0], 0, 0));
    }

    /** Blocks, also when interrupted, until everything is written, or cannot be. Nothing is sent after this. */
    void finish() {
        put(last);
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        restore(interrupted);
    }

    private static ByteBuffer frame(byte kind, int number, byte[] bytes, int offset, int length) {
        return ByteBuffer.allocate(HEADER_BYTES + length)
                .put(kind)
                .putInt(number)
                .put(bytes, offset, length)
                .flip();
    }

    private void put(ByteBuffer frame) {
        boolean interrupted = false;
        while (true) {
            try {
                waiting.put(frame);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        restore(interrupted);
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private void writeAll() {
        try {
            for (ByteBuffer frame = waiting.take(); frame != last; frame = waiting.take()) {
                write(frame);
            }
        } catch (InterruptedException e) {
            broken = true;
        }
    }

    private void write(ByteBuffer frame) {
        try {
            while (!broken && frame.hasRemaining()) {
                channel.write(frame);
            }
        } catch (IOException e) {
            broken = true;
        }
    }
}
