package io.muster.bootstrap.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The one key and self-signed certificate (EC P-256) that all agents of a cluster and its manager show to each other.
 * Whoever holds the key is a member; nobody else is let in.
 *
 * @param certificateFile PEM certificate
 * @param keyFile PEM PKCS#8 private key, mode 0600
 */
public record TlsIdentity(Path certificateFile, Path keyFile) {
    /** Nodes whose clock is behind must accept a certificate that was made just now. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(2);

    private static final Duration VALIDITY = Duration.ofDays(3650);
    private static final int LINE_LENGTH = 64;

    static TlsIdentity loadOrCreate(Path folder) throws IOException {
        TlsIdentity identity = new TlsIdentity(folder.resolve("cluster.crt"), folder.resolve("cluster.key"));
        if (!Files.exists(identity.certificateFile()) || !Files.exists(identity.keyFile())) {
            identity.generate();
        }
        return identity;
    }

    /** The certificate as PEM text. */
    public String certificateText() throws IOException {
        return Files.readString(certificateFile);
    }

    /** The private key as PEM text, for a file of mode 0600 elsewhere; never for a command line or a log. */
    public String keyText() throws IOException {
        return Files.readString(keyFile);
    }

    private void generate() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            X509CertificateHolder certificate = certificate(pair);
            // The certificate last: with it there, the pair is complete and matches.
            KeyFiles.write(keyFile, Pem.encode("PRIVATE KEY", pair.getPrivate().getEncoded(), LINE_LENGTH));
            KeyFiles.write(certificateFile, Pem.encode("CERTIFICATE", certificate.getEncoded(), LINE_LENGTH));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("cannot make the cluster's TLS key in " + keyFile.getParent(), e);
        }
    }

    private static X509CertificateHolder certificate(KeyPair pair)
            throws IOException, OperatorCreationException, GeneralSecurityException {
        X500Name name = new X500Name("CN=muster-cluster");
        Instant now = Instant.now();
        BigInteger serial = new BigInteger(120, new SecureRandom()).add(BigInteger.ONE);
        return new JcaX509v3CertificateBuilder(
                        name,
                        serial,
                        Date.from(now.minus(CLOCK_TOLERANCE)),
                        Date.from(now.plus(VALIDITY)),
                        name,
                        pair.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    }
}
