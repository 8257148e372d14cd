package io.muster.bootstrap.ssh;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import org.jspecify.annotations.Nullable;

/** Accepts the host keys that a login trusts, and remembers what it was shown. */
final class CheckedHostKey implements HostKeyVerifier {
    /** Another port is part of the name already. */
    private static final int PLAIN_PORT = 22;
    /** Host certificates are not offered, so a line that names an authority says nothing about the key. */
    private static final String CERTIFICATE = "-cert-v01@openssh.com";

    private static final String RSA = "ssh-rsa";

    private final SshLogin login;
    private final List<OpenSSHKnownHosts> known = new ArrayList<>();
    private volatile @Nullable String accepted;
    private volatile @Nullable String refused;

    CheckedHostKey(SshLogin login) throws IOException {
        this.login = login;
        if (login.trust() instanceof HostTrust.Known files) {
            for (Path file : files.files()) {
                if (Files.isReadable(file)) {
                    try (Reader reader = Files.newBufferedReader(file)) {
                        known.add(new OpenSSHKnownHosts(reader));
                    }
                }
            }
        }
    }

    @Override
    public boolean verify(String host, int port, PublicKey key) {
        byte[] blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        String line = KeyType.fromKey(key) + " " + Base64.getEncoder().encodeToString(blob);
        boolean trusted = switch (login.trust()) {
            case HostTrust.Pinned pinned -> line.equals(pinned.line());
            case HostTrust.Known files ->
                isKnown(files)
                        ? known.stream().anyMatch(file -> file.verify(files.name(), PLAIN_PORT, key))
                        : files.stranger() == HostTrust.Stranger.TRUSTED_ONCE;
        };
        if (trusted) {
            accepted = line;
        } else {
            refused = SecurityUtils.getFingerprint(key);
        }
        return trusted;
    }

    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
        return switch (login.trust()) {
            case HostTrust.Pinned pinned -> signatures(List.of(pinned.type()));
            case HostTrust.Known files -> signatures(algorithms(files));
        };
    }

    /** A key of type ssh-rsa signs with algorithms of other names. */
    private static List<String> signatures(List<String> types) {
        return types.contains(RSA)
                ? Stream.concat(types.stream(), Stream.of("rsa-sha2-512", "rsa-sha2-256"))
                        .toList()
                : types;
    }

    /** What the server must show, for a message. */
    String expected() {
        return switch (login.trust()) {
            case HostTrust.Pinned pinned -> "pinned " + pinned.line();
            case HostTrust.Known files ->
                (isKnown(files) ? "another one stands in " : "none stands in ")
                        + String.join(
                                ", ", files.files().stream().map(Path::toString).toList());
        };
    }

    /** The key that was accepted, as a line of a public key file; null before that. */
    @Nullable
    String accepted() {
        return accepted;
    }

    /** Fingerprint of the key that was shown instead, or null when none was refused. */
    @Nullable
    String refused() {
        return refused;
    }

    private boolean isKnown(HostTrust.Known files) {
        return !algorithms(files).isEmpty();
    }

    private List<String> algorithms(HostTrust.Known files) {
        return known.stream()
                .flatMap(file -> file.findExistingAlgorithms(files.name(), PLAIN_PORT).stream())
                .filter(type -> !type.endsWith(CERTIFICATE))
                .distinct()
                .toList();
    }
}
