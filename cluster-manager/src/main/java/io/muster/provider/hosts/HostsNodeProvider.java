package io.muster.provider.hosts;

import io.muster.bootstrap.ssh.SshLogin;
import io.muster.bootstrap.ssh.SshSession;
import io.muster.provider.Creations;
import io.muster.provider.LeftOver;
import io.muster.provider.Names;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeState;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import io.muster.spec.ClusterSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Nodes that are machines which exist. A node is taken by a marker folder on the machine, {@code ~/.muster/node}, which
 * only one cluster can make, whoever makes it; everything that a node gets lies in it, and giving the machine back
 * removes it with all that runs because of it. Thread-safe.
 */
public final class HostsNodeProvider implements NodeProvider {
    /** A machine that exists answers soon or not at all. */
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(15);

    private final HostRegistry registry;
    private final String owner;
    private final UserLogins logins;
    private final Duration patience;

    /**
     * A provider with the credentials of the user who runs this process.
     *
     * @param folder existing folder that remembers which machines were taken
     */
    public static HostsNodeProvider ofUser(Path folder) {
        String owner = System.getProperty("user.name") + "@" + thisMachine();
        return new HostsNodeProvider(folder, owner, USUAL_PATIENCE, SshClientConfig.ofUser());
    }

    /** The name of this machine as its kernel has it: no name service that may hang is asked. */
    private static String thisMachine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /**
     * A provider.
     *
     * @param owner who takes machines, as markers tell others: {@code user@machine}
     * @param patience how long a machine may take to answer
     */
    HostsNodeProvider(Path folder, String owner, Duration patience, SshClientConfig config) {
        this.registry = new HostRegistry(folder);
        this.owner = owner;
        this.logins = new UserLogins(config);
        this.patience = patience;
    }

    @Override
    public String name() {
        return ClusterSpec.HOSTS;
    }

    @Override
    public boolean isSetUp() {
        return true;
    }

    /** Gives the machine back, from inside: what the command itself carries must not be what it looks for. */
    @Override
    public String endCommand() {
        return "exec env -i HOME=\"$HOME\" PATH=\"$PATH\" /bin/sh \"$HOME/.muster/node/release\"";
    }

    @Override
    public List<NodeOutcome> create(List<NodeRequest> requests) {
        return Creations.allAtOnce(requests, request -> new HostClaim(this, registry, owner).make(request));
    }

    @Override
    public List<ProvidedNode> list(String cluster) throws ProviderException {
        return look(registry.of(cluster));
    }

    @Override
    public List<ProvidedNode> listAll() throws ProviderException {
        return look(registry.all());
    }

    @Override
    public List<LeftOver> destroy(String cluster, Collection<String> nodes) {
        Names.checked("cluster", cluster);
        Set<String> chosen = Set.copyOf(nodes);
        chosen.forEach(node -> Names.checked("node", node));
        return release(cluster, entry -> chosen.contains(entry.node()));
    }

    @Override
    public List<LeftOver> destroyAll(String cluster) {
        Names.checked("cluster", cluster);
        return release(cluster, _ -> true);
    }

    /** Logs in to a machine as the user; what is pinned of it must still be so. */
    SshSession open(HostEntry entry) throws IOException, InterruptedException {
        SshLogin asUser = logins.login("node " + entry.node(), entry.host());
        SshLogin login = entry.access()
                .map(known -> known.target()
                        .login()
                        .withIdentities(
                                Stream.concat(Stream.of(known.target().identity()), asUser.identities().stream())
                                        .toList()))
                .orElse(asUser);
        return SshSession.open(entry.node(), login, patience);
    }

    private List<ProvidedNode> look(List<HostEntry> entries) throws ProviderException {
        List<ProvidedNode> nodes = new ArrayList<>();
        try {
            for (Optional<ProvidedNode> node : atOnce(entries, this::look)) {
                node.ifPresent(nodes::add);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException("interrupted while the hosts are asked who has them", e);
        }
        return nodes;
    }

    /** Empty when the machine is somebody else's by now. */
    private Optional<ProvidedNode> look(HostEntry entry) throws InterruptedException {
        try (SshSession session = open(entry)) {
            HostMarker marker = HostScripts.inspect(session);
            if (marker.result().equals("none")) {
                return Optional.of(node(
                        entry,
                        entry.access().isPresent()
                                ? new NodeState.Stopped("its marker ~/.muster/node is gone: somebody gave it back")
                                : new NodeState.Starting()));
            }
            if (!marker.isOf(entry.cluster(), entry.node(), owner)) {
                return entry.access().isPresent()
                        ? Optional.of(node(entry, new NodeState.Stopped("it is taken by " + marker.holder())))
                        : Optional.empty();
            }
            return Optional.of(node(
                    entry,
                    entry.access()
                            .filter(_ -> marker.isReady())
                            .<NodeState>map(known -> new NodeState.Running(known.ssh(), known.address()))
                            .orElseGet(NodeState.Starting::new)));
        } catch (IOException e) {
            return Optional.of(node(entry, new NodeState.Stopped(String.valueOf(e.getMessage()))));
        }
    }

    static ProvidedNode node(HostEntry entry, NodeState state) {
        return new ProvidedNode(
                entry.cluster(),
                entry.node(),
                entry.index(),
                entry.slots(),
                entry.access()
                        .map(known -> known.ssh().toString())
                        .orElse(entry.host().address()),
                entry.access().map(known -> known.target().hostKey()).orElse(""),
                entry.createdAt(),
                state);
    }

    /** Gives machines back; all of a cluster when none is chosen. */
    private List<LeftOver> release(String cluster, Predicate<HostEntry> chosen) {
        List<HostEntry> entries;
        try {
            entries = registry.of(cluster).stream().filter(chosen).toList();
        } catch (ProviderException e) {
            return List.of(new LeftOver("", registry.folder().toString(), String.valueOf(e.getMessage())));
        }
        List<LeftOver> left = new ArrayList<>();
        try {
            atOnce(entries, this::release).forEach(left::addAll);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            entries.forEach(entry -> left.add(new LeftOver(
                    entry.node(), "host " + entry.host().address(), "interrupted before it was given back")));
        }
        return left;
    }

    /** Gives one machine back and forgets it; it stays remembered while something of it is left. */
    List<LeftOver> release(HostEntry entry) throws InterruptedException {
        String what = "host " + entry.host().address();
        try (SshSession session = open(entry)) {
            HostMarker marker = HostScripts.release(session, entry, owner);
            if (!marker.all("left").isEmpty() || marker.result().isEmpty()) {
                return List.of(new LeftOver(
                        entry.node(),
                        what,
                        String.join("; ", marker.all("left")) + " could not be removed. Next step: look there, and run"
                                + " the same command again"));
            }
            registry.remove(entry.cluster(), entry.node());
            return List.of();
        } catch (IOException e) {
            return List.of(new LeftOver(
                    entry.node(),
                    what,
                    e.getMessage() + " If the machine is gone for good, or was installed again, remove "
                            + registry.file(entry.cluster(), entry.node())));
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(HostEntry entry) throws InterruptedException;
    }

    private static <T> List<T> atOnce(List<HostEntry> entries, Work<T> work) throws InterruptedException {
        List<Callable<T>> calls = new ArrayList<>();
        entries.forEach(entry -> calls.add(() -> work.on(entry)));
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a host must be answered for, whatever happens there", e.getCause());
        }
        return results;
    }
}
