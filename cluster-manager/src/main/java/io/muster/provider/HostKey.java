package io.muster.provider;

/**
 * Host key of a node, made by the manager before the node and injected into it, so that the first connection is
 * already verified.
 *
 * @param privateKey private key as OpenSSH writes it ({@code BEGIN OPENSSH PRIVATE KEY}) or PKCS#8 in PEM, without
 *     passphrase; a secret
 * @param publicKey public key in one line: type, base64
 */
public record HostKey(String privateKey, String publicKey) {

    public HostKey {
        publicKey = publicKey.strip();
        if (publicKey.split(" ").length < 2 || publicKey.lines().count() != 1) {
            throw new IllegalArgumentException("public host key must be one line of type and base64: " + publicKey);
        }
        if (!privateKey.contains("PRIVATE KEY-----")) {
            throw new IllegalArgumentException("private host key of " + publicKey + " is not a PEM text");
        }
    }

    /** Shows the public half only. */
    @Override
    public String toString() {
        return "HostKey[" + publicKey + "]";
    }
}
