package io.muster.mpi.file;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of one rank: reads and writes at given offsets, in bytes. Thread-safe. */
final class Storage {
    private static final int PIECE = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private volatile boolean dirty;

    private Storage(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens the file; {@code first} is the rank that may create it. */
    static Storage open(Path path, AccessMode mode, boolean first) {
        if (Files.isDirectory(path)) {
            throw new Failure(ErrorClass.BAD_FILE, "cannot open " + path + ": it is a directory");
        }
        try {
            return new Storage(path, FileChannel.open(path, mode.options(first)));
        } catch (IOException e) {
            throw StorageFailure.of(e, "open", path);
        }
    }

    static void delete(Path path) {
        if (Files.isDirectory(path)) {
            throw new Failure(ErrorClass.BAD_FILE, "cannot delete " + path + ": it is a directory");
        }
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw StorageFailure.of(e, "delete", path);
        }
    }

    Path path() {
        return path;
    }

    /** Reads until {@code to} is full or the file ends; the bytes read. */
    long read(long offset, MemorySegment to) {
        ByteBuffer buffer = to.asByteBuffer();
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    break;
                }
            }
            return buffer.position();
        } catch (IOException e) {
            throw StorageFailure.of(e, "read " + to.byteSize() + " bytes at " + offset + " of", path);
        }
    }

    void write(long offset, MemorySegment from) {
        ByteBuffer buffer = from.asByteBuffer();
        dirty = true;
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, offset + buffer.position());
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, "write " + from.byteSize() + " bytes at " + offset + " of", path);
        }
    }

    long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw StorageFailure.of(e, "ask for the size of", path);
        }
    }

    /** Cuts the file or lets it grow by a hole. */
    void setSize(long bytes) {
        try {
            if (bytes > channel.size()) {
                write(bytes - 1, MemorySegment.ofArray(new byte[1]));
            } else {
                channel.truncate(bytes);
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, "set the size to " + bytes + " bytes of", path);
        }
    }

    /** Lets the file grow by zeros that have room on the device. */
    void preallocate(long bytes) {
        MemorySegment zeros = MemorySegment.ofArray(new byte[PIECE]);
        for (long at = size(); at < bytes; at += PIECE) {
            write(at, zeros.asSlice(0, Math.min(PIECE, bytes - at)));
        }
    }

    /** Brings what was written to the device. */
    void sync() {
        if (dirty) {
            dirty = false;
            try {
                channel.force(true);
            } catch (IOException e) {
                throw StorageFailure.of(e, "sync", path);
            }
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw StorageFailure.of(e, "close", path);
        }
    }
}
