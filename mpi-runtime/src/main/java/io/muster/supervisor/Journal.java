package io.muster.supervisor;

import io.muster.wire.RecordCodec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The events of a job in a file that only grows, and that others read while it does.
 *
 * <pre>
 *  0               4                8
 * +---------------+----------------+------------------+
 * | length (be32) | CRC-32 (be32)  | length bytes ... |   once an event
 * +---------------+----------------+------------------+
 * </pre>
 *
 * A tail that was torn by a crash reads as if it were not there.
 */
public final class Journal implements Closeable {
    private static final RecordCodec<JobEvent> EVENTS = RecordCodec.of(JobEvent.class);
    private static final int HEAD_BYTES = 8;
    private static final int MAX_EVENT_BYTES = 8 << 20;

    private final FileChannel file;

    private Journal(FileChannel file) {
        this.file = file;
    }

    /** Makes a journal that does not exist yet. */
    public static Journal create(Path path) throws IOException {
        return new Journal(FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)));
    }

    /** Opens one to read. */
    public static Journal read(Path path) throws IOException {
        return new Journal(FileChannel.open(path, StandardOpenOption.READ));
    }

    /**
     * Makes sure that a journal has an end, when its writer is gone: cuts a torn tail and appends the outcome.
     *
     * @return the outcome that stands at its end: an earlier one stays
     */
    public static JobOutcome close(Path path, JobOutcome outcome) throws IOException {
        try (Journal journal = new Journal(FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)))) {
            long end = 0;
            Optional<JournalEntry> entry = journal.wholeEntryAt(0);
            while (entry.isPresent()) {
                if (entry.get().event() instanceof JobEvent.Ended ended) {
                    return ended.outcome();
                }
                end = entry.get().nextOffset();
                entry = journal.wholeEntryAt(end);
            }
            journal.file.truncate(end);
            journal.append(new JobEvent.Ended(System.currentTimeMillis(), outcome));
            return outcome;
        }
    }

    /** Appends an event; one thread writes. When this returns, the death of the process loses it no more. */
    public void append(JobEvent event) throws IOException {
        byte[] payload = EVENTS.encode(event);
        ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + payload.length)
                .putInt(payload.length)
                .putInt(checksum(payload))
                .put(payload)
                .flip();
        long at = file.size();
        while (frame.hasRemaining()) {
            at += file.write(frame, at);
        }
        if (event instanceof JobEvent.Ended) {
            file.force(false);
        }
    }

    /** How much is written by now, in bytes; the last event may be there in part. */
    public long sizeBytes() throws IOException {
        return file.size();
    }

    /**
     * The event that begins at an offset.
     *
     * @return empty when it is not there yet, or only in part
     * @throws IOException when no event begins there
     */
    public Optional<JournalEntry> entryAt(long offset) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        if (!fill(head, offset)) {
            return Optional.empty();
        }
        int length = head.getInt();
        int checksum = head.getInt();
        if (length <= 0 || length > MAX_EVENT_BYTES) {
            throw new IOException("no event begins at offset " + offset + " of the journal");
        }
        ByteBuffer payload = ByteBuffer.allocate(length);
        if (!fill(payload, offset + HEAD_BYTES)) {
            return Optional.empty();
        }
        long next = offset + HEAD_BYTES + length;
        if (checksum(payload.array()) != checksum) {
            if (next == file.size()) {
                return Optional.empty();
            }
            throw new IOException("no event begins at offset " + offset + " of the journal, or it is damaged");
        }
        return Optional.of(new JournalEntry(offset, next, EVENTS.decode(payload.array())));
    }

    private Optional<JournalEntry> wholeEntryAt(long offset) {
        try {
            return entryAt(offset);
        } catch (IOException e) {
            // A crash of the machine may leave anything behind the last whole event.
            return Optional.empty();
        }
    }

    private boolean fill(ByteBuffer buffer, long offset) throws IOException {
        while (buffer.hasRemaining()) {
            if (file.read(buffer, offset + buffer.position()) < 0) {
                return false;
            }
        }
        buffer.flip();
        return true;
    }

    private static int checksum(byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(payload);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
