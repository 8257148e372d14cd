package io.muster.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Fresh Ed25519 key pairs as {@code ssh-keygen} writes them. */
public final class TestKeys {
    private static final String TYPE = "ssh-ed25519";
    private static final int KEY_BYTES = 32;

    private TestKeys() {}

    /** A new key pair. */
    public static HostKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            // both encodings end with the raw key
            byte[] point = last(pair.getPublic().getEncoded());
            byte[] seed = last(pair.getPrivate().getEncoded());
            byte[] publicBlob = blob(TYPE.getBytes(US_ASCII), point);
            return new HostKey(
                    pem(publicBlob, point, seed),
                    TYPE + " " + Base64.getEncoder().encodeToString(publicBlob));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(byte[] publicBlob, byte[] point, byte[] seed) throws IOException {
        ByteArrayOutputStream secret = new ByteArrayOutputStream();
        secret.writeBytes(new byte[] {1, 2, 3, 4, 1, 2, 3, 4});
        byte[] both = Arrays.copyOf(seed, 2 * KEY_BYTES);
        System.arraycopy(point, 0, both, KEY_BYTES, KEY_BYTES);
        secret.writeBytes(blob(TYPE.getBytes(US_ASCII), point, both, new byte[0]));
        for (int pad = 1; secret.size() % 8 != 0; pad++) {
            secret.write(pad);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("openssh-key-v1\0".getBytes(US_ASCII));
        byte[] none = "none".getBytes(US_ASCII);
        all.writeBytes(blob(none, none, new byte[0]));
        all.writeBytes(new byte[] {0, 0, 0, 1});
        all.writeBytes(blob(publicBlob, secret.toByteArray()));
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(all.toByteArray())
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    private static byte[] last(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    private static byte[] blob(byte[]... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (byte[] part : parts) {
            out.writeInt(part.length);
            out.write(part);
        }
        return bytes.toByteArray();
    }
}
