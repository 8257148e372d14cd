package io.muster.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Secrets and names that nobody can guess. */
public final class RandomBytes {
    private RandomBytes() {}

    /** Bytes from the kernel, read directly because SecureRandom takes a rank's start several milliseconds to load. */
    public static byte[] of(int count) {
        try (InputStream in = Files.newInputStream(Path.of("/dev/urandom"))) {
            return in.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException("/dev/urandom cannot be read", e);
        }
    }
}
