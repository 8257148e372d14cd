package io.muster.bootstrap;

import io.muster.bootstrap.keys.ClusterKeys;
import io.muster.bootstrap.keys.SshKeyPair;
import io.muster.bootstrap.ssh.SshTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/**
 * A node for tests: an SSH server on a loopback port; its commands run in a real shell with a home folder of its own.
 * Closing it ends the agent that was started there and removes the home.
 */
public final class TestNode implements AutoCloseable {
    private final String name;
    private final Path home;
    private final ClusterKeys keys;
    private final String path;
    private final SshServer server;
    private final List<String> commands = new CopyOnWriteArrayList<>();

    private TestNode(String name, Path home, ClusterKeys keys, String path) throws IOException {
        this.name = name;
        this.home = home;
        this.keys = keys;
        this.path = path;
        this.server = SshServer.setUpDefaultServer();
    }

    public static TestNode start(String name, Path folder, ClusterKeys keys) throws Exception {
        return start(name, folder, keys, "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
    }

    /**
     * @param folder the home is made in it
     * @param path where the node's shell finds programs
     */
    public static TestNode start(String name, Path folder, ClusterKeys keys, String path) throws Exception {
        TestNode node = new TestNode(name, Files.createDirectories(folder.resolve(name)), keys, path);
        node.listen();
        return node;
    }

    private void listen() throws IOException, GeneralSecurityException {
        SshKeyPair hostKey = keys.hostKey(name);
        Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                null,
                NamedResource.ofName(name),
                new ByteArrayInputStream(hostKey.privateKeyText().getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                null);
        PublicKey authorized = AuthorizedKeyEntry.parseAuthorizedKeyEntry(
                        keys.ssh().publicLine())
                .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(pairs));
        server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(authorized, key));
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.setCommandFactory((channel, command) -> {
            commands.add(command);
            return new TestShell(home, path, command);
        });
        server.start();
    }

    public SshTarget target() throws IOException {
        return new SshTarget(
                name,
                "127.0.0.1",
                server.getPort(),
                "muster",
                keys.hostKey(name).publicLine(),
                keys.ssh().privateKeyFile());
    }

    public NodeTarget node(int index) throws IOException {
        return new NodeTarget(target(), 2, "127.0.0.1", index);
    }

    public Path home() {
        return home;
    }

    /** The commands that came in so far. */
    public List<String> commands() {
        return commands;
    }

    /** How many are logged in now. */
    public int sessions() {
        return server.getActiveSessions().size();
    }

    /** Ends the connections of all who are logged in. */
    public void cutSessions() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    /** Process id of the node's agent, as its file says. */
    public long agentPid() throws IOException {
        return Long.parseLong(
                Files.readString(home.resolve(".muster/node/agent/pid")).strip());
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
        if (Files.exists(home.resolve(".muster/node/agent/pid"))) {
            ProcessHandle.of(agentPid()).filter(this::isAgent).ifPresent(agent -> {
                agent.destroy();
                agent.onExit().completeOnTimeout(agent, 15, TimeUnit.SECONDS).join();
                agent.destroyForcibly();
            });
        }
        remove(home);
    }

    public static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private boolean isAgent(ProcessHandle process) {
        return process.info().command().orElse("").startsWith(home.toString());
    }
}
