package io.muster.wire;

import io.muster.launch.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * One record in a small file, which survives a crash of the machine wholly or not at all. What was damaged all the same
 * is set aside.
 *
 * <pre>
 *  0               4               8
 * +---------------+---------------+------------+
 * | "mst1"        | CRC-32 (be32) | record ... |
 * +---------------+---------------+------------+
 * </pre>
 *
 * @param <T> the record
 */
public final class RecordFile<T> {
    private static final int VERSION = 'm' << 24 | 's' << 16 | 't' << 8 | '1';
    private static final int HEAD_BYTES = 8;

    private final Path file;
    private final RecordCodec<T> codec;

    public RecordFile(Path file, RecordCodec<T> codec) {
        this.file = file;
        this.codec = codec;
    }

    /** Whether there is such a file, whole or not. */
    public boolean exists() {
        return Files.exists(file);
    }

    /** Writes or replaces the record; on disk when this returns. */
    public void write(T record) throws IOException {
        byte[] payload = codec.encode(record);
        DurableFile.write(
                file,
                ByteBuffer.allocate(HEAD_BYTES + payload.length)
                        .putInt(VERSION)
                        .putInt(checksum(payload))
                        .put(payload)
                        .array());
    }

    /**
     * The record.
     *
     * @throws IOException when there is none, or it is damaged or of another version of Muster
     */
    public T read() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length < HEAD_BYTES) {
            throw new WireException(file + " is empty or torn");
        }
        ByteBuffer head = ByteBuffer.wrap(bytes);
        byte[] payload = Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length);
        if (head.getInt() != VERSION) {
            throw new WireException(file + " is of another version of Muster");
        }
        if (head.getInt() != checksum(payload)) {
            throw new WireException(file + " is torn");
        }
        return codec.decode(payload);
    }

    /**
     * The record; empty when there is none. One that cannot be read counts as none, and its file gets {@code .damaged}
     * behind its name.
     *
     * @param log gets a sentence then
     */
    public Optional<T> find(Consumer<String> log) throws IOException {
        if (!exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read());
        } catch (WireException e) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            log.accept(e.getMessage() + "; it was renamed to " + aside.getFileName());
            return Optional.empty();
        }
    }

    private static int checksum(byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
