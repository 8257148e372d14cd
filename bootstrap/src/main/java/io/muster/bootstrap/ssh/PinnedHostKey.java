package io.muster.bootstrap.ssh;

import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/** Accepts one host key and remembers what else it was shown. */
final class PinnedHostKey implements HostKeyVerifier {
    private final SshTarget target;
    private volatile @Nullable String refused;

    PinnedHostKey(SshTarget target) {
        this.target = target;
    }

    @Override
    public boolean verify(String host, int port, PublicKey key) {
        byte[] shown = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        if (Base64.getEncoder().encodeToString(shown).equals(target.hostKeyBase64())) {
            return true;
        }
        refused = SecurityUtils.getFingerprint(key);
        return false;
    }

    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
        return List.of(target.hostKeyType());
    }

    /** Fingerprint of the key that was shown instead, or null when none was refused. */
    @Nullable
    String refused() {
        return refused;
    }
}
