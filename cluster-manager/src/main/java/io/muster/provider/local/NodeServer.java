package io.muster.provider.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.ForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/** The SSH server of a local node: one user, one key, loopback only. */
final class NodeServer {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_UNAUTHENTICATED = 64;
    private static final Duration LOGIN_TIME = Duration.ofSeconds(30);

    private NodeServer() {}

    /** Starts the server; {@link SshServer#getPort} tells where it listens. */
    static SshServer start(NodeFolder folder, NodeTags tags, NodeEnvironment environment)
            throws IOException, GeneralSecurityException {
        SshServer server = ServerBuilder.builder()
                .keyExchangeFactories(List.of(
                        ServerBuilder.DH2KEX.apply(BuiltinDHFactories.curve25519),
                        ServerBuilder.DH2KEX.apply(BuiltinDHFactories.curve25519_libssh),
                        ServerBuilder.DH2KEX.apply(BuiltinDHFactories.ecdhp256)))
                .cipherFactories(List.of(BuiltinCiphers.aes128gcm, BuiltinCiphers.aes256gcm, BuiltinCiphers.aes128ctr))
                .macFactories(List.of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha256))
                .signatureFactories(
                        List.of(BuiltinSignatures.ed25519, BuiltinSignatures.nistp256, BuiltinSignatures.rsaSHA512))
                .compressionFactories(List.of(BuiltinCompressions.none))
                .forwardingFilter(ForwardingFilter.asForwardingFilter(
                        RejectAllForwardingFilter.INSTANCE, RejectAllForwardingFilter.INSTANCE, new LoopbackOnly()))
                .build();
        server.setHost(LOOPBACK);
        server.setPort(tags.port());
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey(folder)));
        PublicKey authorized = AuthorizedKeyEntry.parseAuthorizedKeyEntry(tags.authorizedKey())
                .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals(environment.user()) && KeyUtils.compareKeys(authorized, key));
        server.setCommandFactory((channel, command) -> new NodeCommand(environment, command));
        server.setShellFactory(channel -> new NodeCommand(environment, ""));
        server.setSubsystemFactories(List.of(new SftpInHome(folder.home())));
        server.addSessionListener(new LoginLimit());
        CoreModuleProperties.AUTH_TIMEOUT.set(server, LOGIN_TIME);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, 6);
        // a tunnel or a quiet job may say nothing for hours
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(server, Duration.ZERO);
        CoreModuleProperties.NIO_WORKERS.set(server, 2);
        server.start();
        return server;
    }

    private static KeyPair hostKey(NodeFolder folder) throws IOException, GeneralSecurityException {
        byte[] pem = Files.readAllBytes(folder.hostKey());
        Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                null, NamedResource.ofName(folder.hostKey().toString()), new ByteArrayInputStream(pem), null);
        if (pairs == null || !pairs.iterator().hasNext()) {
            throw new GeneralSecurityException(folder.hostKey() + " holds no private key");
        }
        return pairs.iterator().next();
    }

    /** Lets a tunnel reach what listens on this machine, as the other ends of a loopback network would. */
    private static final class LoopbackOnly implements org.apache.sshd.server.forward.TcpForwardingFilter {
        private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "::1");

        @Override
        public boolean canListen(SshdSocketAddress address, Session session) {
            return false;
        }

        @Override
        public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
            return NAMES.contains(address.getHostName());
        }
    }

    /** Refuses further connections while too many have not logged in. */
    private static final class LoginLimit implements SessionListener {
        private final Set<Session> waiting = ConcurrentHashMap.newKeySet();

        @Override
        public void sessionCreated(Session session) {
            waiting.add(session);
            if (waiting.size() > MAX_UNAUTHENTICATED) {
                waiting.remove(session);
                session.close(true);
            }
        }

        @Override
        public void sessionEvent(Session session, Event event) {
            if (event == Event.Authenticated) {
                waiting.remove(session);
            }
        }

        @Override
        public void sessionClosed(Session session) {
            waiting.remove(session);
        }
    }
}
