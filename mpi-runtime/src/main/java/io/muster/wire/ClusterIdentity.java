package io.muster.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * The one certificate and key of a cluster: both sides of every connection present it, and each accepts exactly it. Its
 * dates and names mean nothing. Thread-safe.
 */
public final class ClusterIdentity {
    /** Name of the PEM file with the certificate, in a folder that holds an identity. */
    public static final String CERTIFICATE_FILE = "cluster.crt";

    /** Name of the PEM file with the PKCS#8 key; mode 0600. */
    public static final String KEY_FILE = "cluster.key";

    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final SSLContext context;

    private ClusterIdentity(SSLContext context) {
        this.context = context;
    }

    /** Reads {@value #CERTIFICATE_FILE} and {@value #KEY_FILE} of a folder. */
    public static ClusterIdentity load(Path folder) throws IOException {
        return load(folder.resolve(CERTIFICATE_FILE), folder.resolve(KEY_FILE));
    }

    /**
     * Reads a certificate and its elliptic-curve key.
     *
     * @param certificate PEM file with an X.509 certificate
     * @param key PEM file with the PKCS#8 key, not encrypted
     * @throws IOException when a file cannot be read or understood; the message names it
     */
    public static ClusterIdentity load(Path certificate, Path key) throws IOException {
        try {
            Certificate pinned = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem(certificate, "CERTIFICATE")));
            PrivateKey privateKey =
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pem(key, "PRIVATE KEY")));
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    new KeyManager[] {new OneKey((X509Certificate) pinned, privateKey)},
                    new TrustManager[] {new PinnedTrust(pinned)},
                    null);
            return new ClusterIdentity(context);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "cannot use " + certificate + " with " + key + " (" + e.getMessage()
                            + "); an X.509 certificate and its EC key in PKCS#8 are wanted",
                    e);
        }
    }

    /** Layers TLS over a socket that was connected; the handshake has not been made. */
    public SSLSocket client(Socket carrier) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(carrier, carrier.getInetAddress().getHostAddress(), carrier.getPort(), true);
        socket.setUseClientMode(true);
        socket.setEnabledProtocols(PROTOCOLS);
        return socket;
    }

    /** Layers TLS over a socket that was accepted, and will want the peer's certificate. */
    public SSLSocket server(Socket carrier) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(carrier, null, true);
        socket.setUseClientMode(false);
        socket.setNeedClientAuth(true);
        socket.setEnabledProtocols(PROTOCOLS);
        return socket;
    }

    private static byte[] pem(Path file, String what) throws IOException {
        String text = Files.readString(file);
        String begin = "-----BEGIN " + what + "-----";
        int start = text.indexOf(begin);
        int end = text.indexOf("-----END " + what + "-----");
        if (start < 0 || end < start) {
            throw new IOException(file + " has no " + what + " in PEM");
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " has a " + what + " that is not base64", e);
        }
    }
}
