package io.muster.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of content. */
final class Sha256 {
    private static final int BUFFER_BYTES = 64 << 10;

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What is done between two pieces of a file that is read. */
    interface Meanwhile {
        void run() throws IOException;
    }

    static String of(Path file) throws IOException {
        return of(file, () -> {});
    }

    static String of(Path file, Meanwhile meanwhile) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                meanwhile.run();
            }
        }
        return hex(digest);
    }

    static void require(String expected, MessageDigest digest, String what) throws IOException {
        String actual = hex(digest);
        if (!actual.equals(expected)) {
            throw new IOException(what + " arrived with SHA-256 " + actual + " instead of " + expected
                    + "; did it change while it was sent? Try again.");
        }
    }
}
