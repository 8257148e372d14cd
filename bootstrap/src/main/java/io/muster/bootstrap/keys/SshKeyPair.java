package io.muster.bootstrap.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 key pair in the files that every SSH program reads: the private key in OpenSSH format without a pass
 * phrase, mode 0600, and beside it the public line in {@code .pub}.
 *
 * @param privateKeyFile the private key; the owner's alone
 * @param publicLine {@code ssh-ed25519 AAAA…}, without a comment
 */
public record SshKeyPair(Path privateKeyFile, String publicLine) {
    private static final String LABEL = "OPENSSH PRIVATE KEY";
    private static final int LINE_LENGTH = 70;

    /**
     * Makes a new pair and writes both files, each whole or not at all. Blocks on the disk.
     *
     * @param privateKeyFile replaced when it exists
     */
    public static SshKeyPair generate(Path privateKeyFile) throws IOException {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());
        KeyFiles.write(privateKeyFile, Pem.encode(LABEL, OpenSSHPrivateKeyUtil.encodePrivateKey(key), LINE_LENGTH));
        return withPublicFile(privateKeyFile, key);
    }

    /**
     * Reads a pair that {@link #generate} wrote; a missing or different public file is written again.
     *
     * @throws IOException when the private key is missing or not an Ed25519 key in OpenSSH format
     */
    public static SshKeyPair load(Path privateKeyFile) throws IOException {
        String text = Files.readString(privateKeyFile);
        AsymmetricKeyParameter key;
        try {
            key = OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(Pem.decode(LABEL, text));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw unreadable(privateKeyFile, e);
        }
        if (key instanceof Ed25519PrivateKeyParameters ed25519) {
            return withPublicFile(privateKeyFile, ed25519);
        }
        throw unreadable(privateKeyFile, null);
    }

    /** Reads the pair, or makes it when there is none. */
    public static SshKeyPair loadOrCreate(Path privateKeyFile) throws IOException {
        return Files.exists(privateKeyFile) ? load(privateKeyFile) : generate(privateKeyFile);
    }

    /** The private key as text, for a file of mode 0600 elsewhere; never for a command line or a log. */
    public String privateKeyText() throws IOException {
        return Files.readString(privateKeyFile);
    }

    private static SshKeyPair withPublicFile(Path file, Ed25519PrivateKeyParameters key) throws IOException {
        byte[] publicKey = OpenSSHPublicKeyUtil.encodePublicKey(key.generatePublicKey());
        String line = "ssh-ed25519 " + Base64.getEncoder().encodeToString(publicKey);
        Path publicFile = file.resolveSibling(file.getFileName() + ".pub");
        if (!Files.exists(publicFile) || !Files.readString(publicFile).equals(line + "\n")) {
            KeyFiles.write(publicFile, line + "\n");
        }
        return new SshKeyPair(file, line);
    }

    private static IOException unreadable(Path file, @Nullable Exception cause) {
        return new IOException(
                file + " is not an Ed25519 key in OpenSSH format. Next step: move it away; a new one is made.", cause);
    }
}
