package io.muster.bootstrap.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a program needs to run on a machine.
 *
 * @param machine processor, as {@code uname -m} names it
 * @param interpreter path of the dynamic loader, which tells one C library from another; empty for a static program
 */
public record Platform(String machine, String interpreter) {
    private static final int HEAD_BYTES = 64 * 1024;
    private static final int MACHINE_OFFSET = 18;
    private static final int PROGRAM_HEADERS_OFFSET = 32;
    private static final int PROGRAM_HEADER_SIZE_OFFSET = 54;
    private static final int PROGRAM_HEADER_COUNT_OFFSET = 56;
    private static final int TYPE_INTERPRETER = 3;
    private static final int SEGMENT_FILE_OFFSET = 8;
    private static final int SEGMENT_FILE_SIZE = 32;

    /**
     * Reads it from the header of a 64-bit little-endian ELF program.
     *
     * @throws IOException when the file is no such program; the message names it
     */
    public static Platform of(Path program) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(program)) {
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // Until the buffer or the file is at its end.
            }
        }
        head.flip();
        if (head.limit() < 64 || head.getInt(0) != 0x464c457f || head.get(4) != 2 || head.get(5) != 1) {
            throw new IOException(program + " is not a 64-bit little-endian Linux program");
        }
        return new Platform(machine(program, Short.toUnsignedInt(head.getShort(MACHINE_OFFSET))), interpreter(head));
    }

    private static String machine(Path program, int code) throws IOException {
        return switch (code) {
            case 62 -> "x86_64";
            case 183 -> "aarch64";
            case 243 -> "riscv64";
            case 258 -> "loongarch64";
            default ->
                throw new IOException(program + " is for a processor that Muster does not know, ELF code " + code);
        };
    }

    private static String interpreter(ByteBuffer head) {
        int start = (int) head.getLong(PROGRAM_HEADERS_OFFSET);
        int size = head.getShort(PROGRAM_HEADER_SIZE_OFFSET);
        int count = head.getShort(PROGRAM_HEADER_COUNT_OFFSET);
        for (int i = 0; i < count; i++) {
            int header = start + i * size;
            if (header + size <= head.limit() && head.getInt(header) == TYPE_INTERPRETER) {
                int from = (int) head.getLong(header + SEGMENT_FILE_OFFSET);
                int length = (int) head.getLong(header + SEGMENT_FILE_SIZE);
                byte[] text = new byte[Math.max(0, Math.min(length - 1, head.limit() - from))];
                head.get(from, text);
                return new String(text, StandardCharsets.US_ASCII);
            }
        }
        return "";
    }
}
