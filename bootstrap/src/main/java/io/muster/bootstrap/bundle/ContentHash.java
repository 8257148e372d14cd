package io.muster.bootstrap.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * SHA-256 over sorted paths, modes and contents. The answer is remembered in a file beside the runtime image, under the
 * sizes and times of all files, so that a hundred megabytes are read only when one of them changed.
 */
final class ContentHash {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int HASH_LETTERS = 32;

    private ContentHash() {}

    static String of(List<BundleFile> files, Path memory) throws IOException {
        String look = look(files);
        Optional<String> remembered = recall(memory, look);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        String hash = read(files);
        remember(memory, look, hash);
        return hash;
    }

    private static String look(List<BundleFile> files) {
        MessageDigest digest = sha256();
        for (BundleFile file : files) {
            put(digest, line(file));
            if (file instanceof BundleFile.Content content) {
                put(digest, content.source() + " " + content.modifiedMs());
            }
        }
        return hex(digest);
    }

    private static String read(List<BundleFile> files) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (BundleFile file : files) {
            put(digest, line(file));
            if (file instanceof BundleFile.Content content) {
                try (InputStream in = Files.newInputStream(content.source())) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        digest.update(buffer, 0, read);
                    }
                }
            }
        }
        return hex(digest);
    }

    private static String line(BundleFile file) {
        return switch (file) {
            case BundleFile.Folder folder -> "d " + folder.path();
            case BundleFile.Link link -> "l " + link.path() + " -> " + link.target();
            case BundleFile.Content content -> "f " + content.sizeBytes() + " " + content.mode() + " " + content.path();
        };
    }

    private static Optional<String> recall(Path memory, String look) {
        try {
            String[] words = Files.readString(memory).strip().split(" ");
            return words.length == 2 && words[0].equals(look) ? Optional.of(words[1]) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void remember(Path memory, String look, String hash) {
        Path fresh = memory.resolveSibling(
                memory.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.writeString(fresh, look + " " + hash + "\n");
            Files.move(fresh, memory, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // A folder that cannot be written only costs the time to read everything again.
        }
    }

    private static void put(MessageDigest digest, String line) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LETTERS);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
