package io.muster.mpi.transport;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Two ranks prove to each other that they know the secret of their job, before anything else is said.
 *
 * <pre>
 *   acceptor    challenge A: 32 random bytes                                   ──▶  connector
 *               ◀──  rank (int), challenge C: 32 random bytes, HMAC("connector", A, C, ranks)
 *               HMAC("acceptor", A, C, ranks)                                  ──▶
 * </pre>
 *
 * <p>HMAC-SHA-256 under the job secret, over role, job id, both challenges and both ranks. A stranger learns nothing.
 */
public final class JobProof {
    private static final int BYTES = 32;

    private final byte[] secret;
    private final String jobId;
    private final SecureRandom random = new SecureRandom();

    /** Proofs under {@code secret} for the job, or whatever else, of this id. */
    public JobProof(byte[] secret, String jobId) {
        this.secret = secret.clone();
        this.jobId = jobId;
    }

    /** The acceptor's part; returns the rank that has proved itself. */
    public int accept(int me, DataInputStream in, DataOutputStream out) throws IOException {
        byte[] mine = challenge();
        out.write(mine);
        out.flush();
        int peer = in.readInt();
        byte[] theirs = in.readNBytes(BYTES);
        byte[] proof = in.readNBytes(BYTES);
        if (!MessageDigest.isEqual(proof, hmac("connector", mine, theirs, me, peer))) {
            throw new IOException("the other end does not know the job secret");
        }
        out.write(hmac("acceptor", mine, theirs, me, peer));
        out.flush();
        return peer;
    }

    /** The connector's part; {@code peer} is the rank it wants to reach. */
    public void connect(int me, int peer, DataInputStream in, DataOutputStream out) throws IOException {
        byte[] theirs = in.readNBytes(BYTES);
        byte[] mine = challenge();
        out.writeInt(me);
        out.write(mine);
        out.write(hmac("connector", theirs, mine, peer, me));
        out.flush();
        byte[] proof = in.readNBytes(BYTES);
        if (!MessageDigest.isEqual(proof, hmac("acceptor", theirs, mine, peer, me))) {
            throw new IOException("who answers there does not know the job secret");
        }
    }

    private byte[] challenge() {
        byte[] challenge = new byte[BYTES];
        random.nextBytes(challenge);
        return challenge;
    }

    private byte[] hmac(String role, byte[] acceptors, byte[] connectors, int acceptor, int connector) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(
                    (role + '\n' + jobId + '\n' + acceptor + '\n' + connector + '\n').getBytes(StandardCharsets.UTF_8));
            mac.update(acceptors);
            return mac.doFinal(connectors);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java runtime", e);
        }
    }
}
