package io.muster.job;

import io.muster.supervisor.JobEvent;
import io.muster.supervisor.JournalEntry;
import io.muster.wire.RecordCodec;
import io.muster.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The manager's copy of a job's journal, in a file that outlives the cluster. Several processes may extend it at once:
 * each entry carries where the next one begins in the original, and only the entry that continues the copy is added.
 *
 * <pre>
 *  0               4                       12
 * +---------------+-----------------------+------------------+
 * | length (be32) | next offset (be64)    | length bytes ... |
 * +---------------+-----------------------+------------------+
 * </pre>
 */
final class JournalCopy {
    private static final RecordCodec<JobEvent> EVENTS = RecordCodec.of(JobEvent.class);
    private static final int HEADER_BYTES = 12;
    private static final int MAX_ENTRY_BYTES = 16 << 20;

    /**
     * A lock on a file is one of the whole process: a second one fails, and it ends as soon as anybody here closes the
     * file.
     */
    private static final ReentrantLock ONE_OF_THIS_PROCESS = new ReentrantLock();

    private final Path file;

    JournalCopy(Path folder) {
        this.file = folder.resolve("journal");
    }

    /** A place in the copy: how much of the file was read, and where the original goes on from there. */
    record Position(long fileOffset, long originalOffset) {
        static final Position START = new Position(0, 0);
    }

    /** Reads whole entries from a place on; a torn tail is left for the next time. */
    Position replay(Position from, Consumer<JobEvent> consumer) throws IOException {
        if (!Files.exists(file)) {
            return from;
        }
        Position at = from;
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            while (true) {
                Optional<Entry> entry = read(channel, at.fileOffset());
                if (entry.isEmpty()) {
                    return at;
                }
                consumer.accept(entry.get().event());
                at = entry.get().end();
            }
        } finally {
            ONE_OF_THIS_PROCESS.lock();
            try {
                channel.close();
            } finally {
                ONE_OF_THIS_PROCESS.unlock();
            }
        }
    }

    /**
     * Adds an entry that came from the original, unless the copy has it. A torn tail of a process that died is cut.
     *
     * @return whether it was added
     */
    boolean append(JournalEntry entry) throws IOException {
        ONE_OF_THIS_PROCESS.lock();
        try {
            return appendAlone(entry);
        } finally {
            ONE_OF_THIS_PROCESS.unlock();
        }
    }

    private boolean appendAlone(JournalEntry entry) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                FileLock _ = channel.lock()) {
            Position end = end(channel);
            if (end.originalOffset() != entry.offset()) {
                return false;
            }
            byte[] bytes = EVENTS.encode(entry.event());
            ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + bytes.length)
                    .putInt(bytes.length)
                    .putLong(entry.nextOffset())
                    .put(bytes)
                    .flip();
            long at = end.fileOffset();
            channel.truncate(at);
            while (frame.hasRemaining()) {
                at += channel.write(frame, at);
            }
            if (entry.event() instanceof JobEvent.Ended) {
                // The store says next that the job has ended, and the original may go then.
                channel.force(true);
            }
            lastEnd = new Position(at, entry.nextOffset());
            return true;
        }
    }

    private Position lastEnd = Position.START;

    /** Follows the headers from the last known end, so that a long copy is not read again for each entry. */
    private Position end(FileChannel channel) throws IOException {
        Position at = lastEnd.fileOffset() <= channel.size() ? lastEnd : Position.START;
        while (true) {
            Optional<Header> header = header(channel, at.fileOffset());
            if (header.isEmpty()) {
                lastEnd = at;
                return at;
            }
            at = header.get().end();
        }
    }

    private record Header(long fileOffset, int length, long originalOffset) {
        Position end() {
            return new Position(fileOffset + HEADER_BYTES + length, originalOffset);
        }
    }

    private record Entry(JobEvent event, Position end) {}

    private static Optional<Entry> read(FileChannel channel, long offset) throws IOException {
        Optional<Header> header = header(channel, offset);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(header.get().length());
        fill(channel, bytes, offset + HEADER_BYTES);
        try {
            return Optional.of(
                    new Entry(EVENTS.decode(bytes.array()), header.get().end()));
        } catch (WireException e) {
            throw new IOException("the copy of the journal is damaged at byte " + offset + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Header> header(FileChannel channel, long offset) throws IOException {
        if (offset + HEADER_BYTES > channel.size()) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES);
        fill(channel, buffer, offset);
        buffer.flip();
        int length = buffer.getInt();
        long next = buffer.getLong();
        if (length < 0 || length > MAX_ENTRY_BYTES) {
            throw new IOException("the copy of the journal is damaged at byte " + offset + ": length " + length);
        }
        boolean whole = offset + HEADER_BYTES + length <= channel.size();
        return whole ? Optional.of(new Header(offset, length, next)) : Optional.empty();
    }

    private static void fill(FileChannel channel, ByteBuffer buffer, long offset) throws IOException {
        long at = offset;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new IOException("the copy of the journal ended early");
            }
            at += read;
        }
    }
}
