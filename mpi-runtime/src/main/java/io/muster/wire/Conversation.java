package io.muster.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Records in both directions over a line. Sending is thread-safe; one thread receives.
 *
 * @param <S> what this side sends
 * @param <R> what it receives
 */
public final class Conversation<S, R> implements AutoCloseable {
    private final Line line;
    private final RecordCodec<S> outgoing;
    private final RecordCodec<R> incoming;

    /** Takes over the line. */
    public Conversation(Line line, RecordCodec<S> outgoing, RecordCodec<R> incoming) {
        this.line = line;
        this.outgoing = outgoing;
        this.incoming = incoming;
    }

    /** Sends a record; blocks while the other side does not read. */
    public void send(S record) throws IOException {
        line.send(outgoing.encode(record));
    }

    /**
     * Waits for a record. When the deadline passes, the conversation is of no use any more.
     *
     * @return empty when the other side ended the conversation
     * @throws IOException when the line broke, the deadline passed, or something else than a record arrived
     */
    public Optional<R> receive(Duration deadline) throws IOException {
        Optional<byte[]> frame = line.receive(deadline);
        return frame.isPresent() ? Optional.of(incoming.decode(frame.get())) : Optional.empty();
    }

    /**
     * Waits for a record as long as the line lives.
     *
     * @return empty when the other side ended the conversation
     * @throws IOException when the line broke, or something else than a record arrived
     */
    public Optional<R> receive() throws IOException {
        Optional<byte[]> frame = line.receive();
        return frame.isPresent() ? Optional.of(incoming.decode(frame.get())) : Optional.empty();
    }

    /** The other end, for messages. */
    public String peer() {
        return line.peer();
    }

    @Override
    public void close() {
        line.close();
    }
}
