package io.muster.provider.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.provider.FailureKind;
import io.muster.provider.HostKey;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeOutcome.Created;
import io.muster.provider.NodeOutcome.Failed;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeProviderContract;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeSource;
import io.muster.provider.NodeState;
import io.muster.provider.ProvidedNode;
import io.muster.provider.SshConfigFile;
import io.muster.provider.TestKeys;
import io.muster.spec.HostSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The contract on machines that exist, and what only they can suffer. */
@ExtendWith(NeedsHosts.class)
final class HostsNodeProviderIT extends NodeProviderContract {
    private static final String ID = UUID.randomUUID().toString().substring(0, 8);
    private static final String OUTER = "muster-hosts-" + ID;
    private static final String INNER = OUTER + "-inner";
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    @TempDir
    static Path home;

    private static ContainerHost one = new ContainerHost("", "");
    private static ContainerHost two = one;
    private static ContainerHost three = one;
    private static ContainerHost inner = one;

    @TempDir
    Path registry;

    @BeforeAll
    static void start() throws IOException {
        HostKey key = TestKeys.generate();
        Path ssh = Files.createDirectory(home.resolve(".ssh"));
        writePrivate(ssh.resolve("id_ed25519"), key.privateKey());
        Files.writeString(ssh.resolve("config"), "Host *\n  User sim\n");
        ContainerHost.docker("network", "create", OUTER);
        ContainerHost.docker("network", "create", "--internal", INNER);
        one = ContainerHost.start(OUTER + "-1", OUTER, key.publicKey());
        two = ContainerHost.start(OUTER + "-2", OUTER, key.publicKey());
        three = ContainerHost.start(OUTER + "-3", OUTER, key.publicKey());
        inner = ContainerHost.start(OUTER + "-4", INNER, key.publicKey());
        ContainerHost.docker("network", "connect", INNER, three.name());
    }

    @AfterAll
    static void stop() throws IOException {
        for (ContainerHost host : List.of(one, two, three, inner)) {
            if (!host.name().isEmpty()) {
                host.remove();
            }
        }
        ContainerHost.docker("network", "rm", INNER, OUTER);
    }

    private static void writePrivate(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    private String before = "";

    @BeforeEach
    void look() throws IOException {
        before = state();
    }

    @Override
    protected void alsoNothingIsLeft() throws IOException {
        assertThat(state()).isEqualTo(before);
    }

    private static String state() throws IOException {
        return one.files() + two.files() + three.files() + inner.files() + one.processes() + two.processes();
    }

    @Override
    protected NodeProvider provider() {
        return provider(registry, "tester@here");
    }

    private static HostsNodeProvider provider(Path registry, String owner) {
        SshClientConfig config = new SshClientConfig(home, "nobody", List.of(home.resolve(".ssh/config")));
        return new HostsNodeProvider(registry, owner, PATIENCE, config);
    }

    @Override
    protected NodeSource source(String cluster, int index) {
        return on(machine(cluster, index));
    }

    private static ContainerHost machine(String cluster, int index) {
        return cluster.equals(CLUSTER) ? (index == 0 ? one : two) : three;
    }

    private static NodeSource on(ContainerHost host) {
        return new NodeSource.OnHost(HostSpec.parse(host.address()));
    }

    @Override
    protected String hostKeyOf(NodeRequest request) {
        try {
            return machine(request.cluster(), request.index()).hostKey();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Nothing listens there. */
    @Override
    protected NodeRequest spoiled(NodeRequest request) {
        return from(request, new NodeSource.OnHost(HostSpec.parse(one.address() + ":1")));
    }

    /** A machine keeps its own host key, so the cluster's key is what tells one life from another. */
    @Override
    protected NodeRequest withOtherKeys(NodeRequest request) {
        return from(request, request.source(), TestKeys.generate().publicKey());
    }

    private static NodeRequest from(NodeRequest request, NodeSource source) {
        return from(request, source, request.authorizedKey());
    }

    private static NodeRequest from(NodeRequest request, NodeSource source, String authorizedKey) {
        return new NodeRequest(
                request.cluster(),
                request.name(),
                request.index(),
                request.slots(),
                request.cores(),
                request.memoryBytes(),
                request.image(),
                authorizedKey,
                request.hostKey(),
                source);
    }

    @Override
    protected void leaveHalfMade(NodeRequest request) throws IOException {
        HostSpec host = ((NodeSource.OnHost) request.source()).host();
        new HostRegistry(registry).write(HostEntry.intent(request, host, Instant.now()));
    }

    @Test
    void the_others_see_the_address_of_the_file_and_the_key_opens_the_machine() throws Exception {
        ProvidedNode node = created(provider(), request(CLUSTER, 0));
        assertThat(((NodeState.Running) node.state()).address()).isEqualTo(one.address());
        assertThat(node.ssh().orElseThrow().user()).isEqualTo("sim");
        assertThat(one.asUser("tail -n 1 .ssh/authorized_keys")).endsWith(" muster-" + CLUSTER + "\n");
        assertThat(one.asUser("stat -c %a .ssh/authorized_keys")).isEqualTo("600\n");
    }

    @Test
    void of_two_musters_at_once_one_gets_the_machine_and_the_other_is_told_who(@TempDir Path otherRegistry)
            throws Exception {
        NodeProvider other = provider(otherRegistry, "rival@there");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            NodeRequest request = request(CLUSTER, 0);
            Future<List<NodeOutcome>> mine = threads.submit(() -> provider().create(List.of(request)));
            Future<List<NodeOutcome>> theirs =
                    threads.submit(() -> other.create(List.of(from(request(CLUSTER, 0), request.source()))));
            List<NodeOutcome> both =
                    Stream.concat(mine.get().stream(), theirs.get().stream()).toList();
            assertThat(both).hasAtLeastOneElementOfType(Created.class);
            assertThat(both)
                    .filteredOn(Failed.class::isInstance)
                    .singleElement()
                    .satisfies(lost -> assertThat(((Failed) lost).reason())
                            .contains("is taken", "@", "cluster " + CLUSTER, "~/.muster/node/release"));
        }
        assertThat(other.destroyAll(CLUSTER)).isEmpty();
        assertThat(other.listAll()).isEmpty();
    }

    @Test
    void one_machine_under_two_addresses_is_refused() {
        NodeSource again = new NodeSource.OnHost(HostSpec.parse(one.address() + ":" + ContainerHost.SECOND_PORT));
        created(provider(), request(CLUSTER, 0));
        assertThat(provider().create(List.of(from(request(CLUSTER, 1), again))).getFirst())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains(
                                        "it is " + CLUSTER + "-0 of this cluster already", "names one machine twice"));
    }

    @Test
    void what_was_there_stays_and_what_the_cluster_started_ends() throws Exception {
        one.asUser("mkdir -p .muster/state .muster/jobs && echo mine >.muster/state/db && chmod 755 .muster"
                + " && cp .ssh/authorized_keys .ssh/real && ln -sf real .ssh/authorized_keys"
                + " && printf 'Host x\\n  Port 1' >.ssh/config && chmod 640 .ssh/config");
        String with = one.files();
        created(provider(), request(CLUSTER, 0));
        one.asUser(". .muster/node/environment; mkdir -p .muster/node/agent/jobs/j/work && cd .muster/node/agent/jobs/j"
                + " && touch work/x $MUSTER_SHARED_MEMORY/ring && chmod 500 work"
                + " && { (trap '' TERM; exec sleep 1000) & (setsid sleep 2000 &) ; } >/dev/null 2>&1");
        assertThat(one.processes()).contains("sleep 1000", "sleep 2000");
        assertThat(provider().destroyAll(CLUSTER)).isEmpty();
        assertThat(one.processes()).isEmpty();
        assertThat(one.files()).isEqualTo(with);
        one.asUser("rm -r .muster .ssh/config && mv .ssh/real .ssh/authorized_keys");
    }

    @Test
    void a_lost_registry_is_repaired_by_the_sizing_file() throws Exception {
        created(provider(), request(CLUSTER, 0));
        new HostRegistry(registry).remove(CLUSTER, CLUSTER + "-0");
        assertThat(provider().list(CLUSTER)).isEmpty();
        Failed again = (Failed)
                provider().create(List.of(otherKey(request(CLUSTER, 0)))).getFirst();
        assertThat(again.kind()).isEqualTo(FailureKind.EXISTS);
        assertThat(provider().list(CLUSTER)).singleElement().matches(ProvidedNode::isRunning);
        assertThat(provider().destroyAll(CLUSTER)).isEmpty();
        assertThat(one.files() + one.processes()).doesNotContain("muster");
    }

    private static NodeRequest otherKey(NodeRequest request) {
        return new NodeRequest(
                request.cluster(),
                request.name(),
                request.index(),
                request.slots(),
                1,
                0,
                Optional.empty(),
                TestKeys.generate().publicKey(),
                request.hostKey(),
                request.source());
    }

    @Test
    void a_machine_that_does_not_answer_is_left_over_and_not_forgotten() throws Exception {
        created(provider(), request(CLUSTER, 0));
        ContainerHost.docker("pause", one.name());
        try {
            assertThat(provider().destroyAll(CLUSTER))
                    .singleElement()
                    .satisfies(left -> assertThat(left.reason()).contains("SSH", one.address(), registry.toString()));
            assertThat(provider().list(CLUSTER)).singleElement().matches(node -> !node.isRunning());
        } finally {
            ContainerHost.docker("unpause", one.name());
        }
        assertThat(provider().list(CLUSTER)).singleElement().matches(ProvidedNode::isRunning);
    }

    @Test
    void a_changed_host_key_stops_everything_for_that_node() throws Exception {
        created(provider(), request(CLUSTER, 0));
        one.sh("cd /etc/ssh && mkdir kept && mv ssh_host_ed25519_key* kept"
                + " && ssh-keygen -q -t ed25519 -N '' -f ssh_host_ed25519_key && pkill -HUP -o sshd || kill -HUP"
                + " $(cat /run/sshd.pid)");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(provider().list(CLUSTER))
                        .singleElement()
                        .satisfies(node ->
                                assertThat(node.state().toString()).contains("host key is not the pinned one")));
        assertThat(provider().create(List.of(request(CLUSTER, 0))).getFirst())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.kind()).isEqualTo(FailureKind.PERMANENT));
        assertThat(provider().destroyAll(CLUSTER))
                .singleElement()
                .satisfies(left -> assertThat(left.reason()).contains("host key"));
        one.sh("cd /etc/ssh && mv kept/* . && rmdir kept && kill -HUP $(cat /run/sshd.pid)");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(provider().list(CLUSTER)).allMatch(ProvidedNode::isRunning));
    }

    @Test
    void a_key_that_known_hosts_does_not_have_is_refused_at_first_contact() throws Exception {
        Path known = home.resolve(".ssh/known_hosts");
        Files.writeString(known, one.address() + " " + TestKeys.generate().publicKey() + "\n");
        try {
            assertThat(provider().create(List.of(request(CLUSTER, 0))).getFirst())
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.reason()).contains("another one stands in", known.toString()));
            Files.writeString(known, one.address() + " " + one.hostKey() + "\n");
            created(provider(), request(CLUSTER, 0));
        } finally {
            Files.delete(known);
        }
    }

    @Test
    void a_machine_behind_a_jump_host_is_reached_by_us_and_by_the_real_client(@TempDir Path folder) throws Exception {
        HostSpec behind = new HostSpec(
                inner.name(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(three.address()),
                OptionalInt.empty());
        HostKey cluster = TestKeys.generate();
        NodeRequest asked = request(CLUSTER, 0);
        NodeRequest request = new NodeRequest(
                CLUSTER,
                asked.name(),
                0,
                2,
                1,
                0,
                Optional.empty(),
                cluster.publicKey(),
                asked.hostKey(),
                new NodeSource.OnHost(behind));
        ProvidedNode node = created(provider(), request);
        assertThat(((NodeState.Running) node.state()).address()).isEqualTo(inner.address());
        assertThat(provider().list(CLUSTER)).containsExactly(node);
        Path identity = folder.resolve("id");
        writePrivate(identity, cluster.privateKey());
        SshConfigFile config = SshConfigFile.write(folder, home.resolve(".ssh/id_ed25519"), List.of(node));
        assertThat(Files.readString(config.config())).contains("ProxyJump muster-jump-1");
        SshConfigFile real = SshConfigFile.write(folder, identity, List.of(node));
        Process ssh = new ProcessBuilder("ssh", "-F", real.config().toString(), node.name(), "hostname")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(inner.name() + "\n");
        assertThat(ssh.waitFor()).isZero();
    }

    private static ProvidedNode created(NodeProvider provider, NodeRequest request) {
        NodeOutcome outcome = provider.create(List.of(request)).getFirst();
        assertThat(outcome).isInstanceOf(Created.class);
        return ((Created) outcome).provided();
    }
}
