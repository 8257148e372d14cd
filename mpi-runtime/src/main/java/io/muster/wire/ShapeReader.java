package io.muster.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ShapeWriter} wrote, and trusts no length. */
final class ShapeReader {
    /** A list of empty records takes no bytes, so the number of bytes left cannot bound its length. */
    private static final int MAX_ELEMENTS = 1 << 20;

    private final ByteBuffer bytes;

    ShapeReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int readByte() throws IOException {
        require(1);
        return bytes.get() & 0xff;
    }

    int readInt() throws IOException {
        require(Integer.BYTES);
        return bytes.getInt();
    }

    long readLong() throws IOException {
        require(Long.BYTES);
        return bytes.getLong();
    }

    int readCount() throws IOException {
        int count = readInt();
        if (count < 0 || count > MAX_ELEMENTS) {
            throw wrong("a count of " + count);
        }
        return count;
    }

    byte[] readBytes() throws IOException {
        int length = readInt();
        if (length < 0) {
            throw wrong("a length of " + length);
        }
        require(length);
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    String readText() throws IOException {
        byte[] utf8 = readBytes();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            WireException wrong = wrong("text that is not UTF-8");
            wrong.initCause(e);
            throw wrong;
        }
    }

    void requireEnd() throws IOException {
        if (bytes.hasRemaining()) {
            throw wrong(bytes.remaining() + " bytes too many");
        }
    }

    WireException wrong(String what) {
        return new WireException("malformed record: " + what + " before byte " + bytes.position() + " of "
                + bytes.limit() + "; are both sides of the same version?");
    }

    private void require(int count) throws IOException {
        if (bytes.remaining() < count) {
            throw wrong("an end, with " + count + " bytes wanted,");
        }
    }
}
