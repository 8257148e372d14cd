package io.muster.bootstrap.bundle;

import io.muster.launch.QuickExit;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The stream of a bundle, compressed by gzip, in a file that is kept beside the runtime image: made once, sent to many.
 *
 * @param sha256 of the file, in hexadecimal; a node that gets it from another node compares
 */
record BundleArchive(Path file, long sizeBytes, String sha256) {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String SUFFIX = ".gz";

    /** Finds the archive of a bundle, or makes it, which takes seconds of a processor. Blocks. */
    static BundleArchive of(Bundle bundle, Path image) throws IOException {
        String prefix = "." + image.getFileName() + "." + bundle.hash() + ".";
        Path folder = image.resolveSibling(".").normalize();
        Optional<BundleArchive> kept = find(folder, prefix);
        if (kept.isPresent()) {
            return kept.get();
        }
        if (Files.isWritable(folder)) {
            removeOthers(folder, "." + image.getFileName() + ".", prefix);
            return make(bundle, Files.createTempFile(folder, prefix, ".new"), prefix);
        }
        // An installation that belongs to somebody else: as long as this process lives.
        Path own = Files.createTempFile("muster-bundle-", SUFFIX);
        QuickExit.deleteAtEnd(own);
        return write(bundle, own);
    }

    /** Writes the archive. */
    void writeTo(OutputStream out, LongConsumer progress) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long sent = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                sent += read;
                progress.accept(sent);
            }
        }
    }

    private static Optional<BundleArchive> find(Path folder, String prefix) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String hash = name.substring(prefix.length(), name.length() - SUFFIX.length());
                if (hash.matches("[0-9a-f]{64}")) {
                    return Optional.of(new BundleArchive(file, Files.size(file), hash));
                }
            }
            return Optional.empty();
        }
    }

    private static BundleArchive make(Bundle bundle, Path fresh, String prefix) throws IOException {
        try {
            BundleArchive made = write(bundle, fresh);
            Path file = fresh.resolveSibling(prefix + made.sha256() + SUFFIX);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new BundleArchive(file, made.sizeBytes(), made.sha256());
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static BundleArchive write(Bundle bundle, Path file) throws IOException {
        MessageDigest digest = ContentHash.sha256();
        try (OutputStream hashed = new DigestOutputStream(Files.newOutputStream(file), digest);
                OutputStream fast = new FastGzip(new BufferedOutputStream(hashed, BUFFER_BYTES))) {
            bundle.writeTo(fast, sent -> {});
        }
        return new BundleArchive(file, Files.size(file), HexFormat.of().formatHex(digest.digest()));
    }

    /** Archives of bundles that this image was in before. */
    private static void removeOthers(Path folder, String all, String mine) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, all + "*" + SUFFIX)) {
            for (Path file : files) {
                if (!file.getFileName().toString().startsWith(mine)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Half of a bundle is compressed already; trying harder costs twice the time for one part in twenty. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
