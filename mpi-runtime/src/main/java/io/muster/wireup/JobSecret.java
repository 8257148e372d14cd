package io.muster.wireup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proofs that somebody knows the secret of a job. */
final class JobSecret {
    static final int NONCE_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    JobSecret(byte[] secret) {
        this.secret = secret.clone();
    }

    byte[] proof(String role, int rank, byte[] launcherNonce, byte[] rankNonce) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(role.getBytes(StandardCharsets.US_ASCII));
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(rank).array());
            mac.update(launcherNonce);
            return mac.doFinal(rankNonce);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    boolean proves(byte[] mac, String role, int rank, byte[] launcherNonce, byte[] rankNonce) {
        return rankNonce.length == NONCE_BYTES
                && launcherNonce.length == NONCE_BYTES
                && MessageDigest.isEqual(mac, proof(role, rank, launcherNonce, rankNonce));
    }
}
