package io.muster.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.muster.agent.AgentDescription;
import io.muster.agent.Member;
import io.muster.bootstrap.bundle.Bundle;
import io.muster.bootstrap.keys.ClusterKeys;
import io.muster.bootstrap.ssh.SshTarget;
import io.muster.wire.ClusterIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class BootstrapperIT {
    private static final Deadlines DEADLINES = new Deadlines(
            Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static final Step[] WORK = {Step.PUSH, Step.KEYS, Step.HOSTS, Step.AGENT, Step.MEMBERS};

    @TempDir
    Path temp;

    private final List<TestNode> nodes = new ArrayList<>();
    private ClusterKeys keys;
    private Bundle bundle;

    @BeforeEach
    void start() throws Exception {
        keys = ClusterKeys.loadOrCreate(temp.resolve("keys"));
        bundle = TestBundle.make(temp);
    }

    @AfterEach
    void stop() throws Exception {
        for (TestNode node : nodes) {
            node.close();
        }
    }

    @Test
    void bare_nodes_become_members_and_a_second_run_does_nothing() throws Exception {
        TestNode one = add("heat-1");
        TestNode two = add("heat-2");
        List<NodeReport> first = run(targets());
        assertThat(first).allMatch(NodeReport::succeeded, "succeeded").hasSize(2);
        assertThat(first).allSatisfy(report -> assertOutcomes(report, StepOutcome.Done.class));
        assertThat(first.getFirst().preflight().orElseThrow().neighbour()).isEqualTo("heat-2");
        assertThat(first.getFirst().facts().orElseThrow().memoryBytes()).isGreaterThan(1 << 20);
        assertHostFiles(one);
        assertSecretsAreOutOfSight(two);
        assertTheRealClientGoesFromNodeToNode(one, two);

        one.commands().clear();
        List<NodeReport> second = run(targets());
        assertThat(second).allSatisfy(report -> assertOutcomes(report, StepOutcome.AlreadyDone.class));
        assertThat(one.commands()).noneMatch(command -> command.contains("partial-$2"));
        assertThat(second.getFirst().agentPort()).isEqualTo(first.getFirst().agentPort());
    }

    @Test
    void the_manager_reaches_an_agent_through_ssh() throws Exception {
        TestNode one = add("heat-1");
        NodeReport report = run(targets()).getFirst();
        assertThat(report.steps().get(Step.PREFLIGHT)).isEqualTo(new StepOutcome.Skipped("there is no neighbour"));
        NodeTarget node = one.node(0);
        try (AgentLink link = AgentLink.open(
                node.ssh(),
                node.privateAddress(),
                report.agentPort().orElseThrow(),
                ClusterIdentity.load(keys.folder()),
                Duration.ofSeconds(10))) {
            AgentDescription description = link.agent().describe();
            assertThat(description.node()).isEqualTo("heat-1");
            assertThat(description.cluster()).isEqualTo("heat");
            assertThat(description.members())
                    .containsExactly(
                            new Member("heat-1", "127.0.0.1", report.agentPort().orElseThrow(), 2));
        }
        assertClassDataIsShared(one);
    }

    @Test
    void a_killed_agent_a_lost_host_file_and_a_damaged_bundle_are_repaired() throws Exception {
        TestNode one = add("heat-1");
        TestNode two = add("heat-2");
        run(targets());
        long before = one.agentPid();
        ProcessHandle agent = ProcessHandle.of(before).orElseThrow();
        agent.destroyForcibly();
        agent.onExit().get(10, TimeUnit.SECONDS);
        Files.delete(two.home().resolve(".muster/node/hosts/hostfile.mpich"));
        Files.delete(two.home().resolve(bundle.homePath()).resolve("runtime/lib/modules"));

        List<NodeReport> reports = run(targets());
        assertThat(reports).allMatch(NodeReport::succeeded, "succeeded");
        assertThat(one.agentPid()).isNotEqualTo(before);
        assertThat(reports.getFirst().steps().get(Step.AGENT)).isInstanceOf(StepOutcome.Done.class);
        assertThat(reports.get(1).steps().get(Step.HOSTS))
                .isInstanceOfSatisfying(
                        StepOutcome.Done.class,
                        done -> assertThat(done.seen()).isEqualTo(".muster/node/hosts/hostfile.mpich"));
        assertThat(reports.get(1).steps().get(Step.PUSH)).isInstanceOf(StepOutcome.Done.class);
    }

    @Test
    void an_agent_of_another_bundle_is_replaced() throws Exception {
        TestNode one = add("heat-1");
        run(targets());
        long before = one.agentPid();
        Files.writeString(temp.resolve("stand-in/other version"), "2");
        bundle = TestBundle.make(temp);
        assertThat(run(targets())).allMatch(NodeReport::succeeded, "succeeded");
        assertThat(one.agentPid()).isNotEqualTo(before);
        await().untilAsserted(() -> assertThat(ProcessHandle.of(before)).isEmpty());
    }

    @Test
    void an_agent_that_does_not_come_up_shows_what_it_logged() throws Exception {
        Path mute = Files.createDirectories(temp.resolve("bin")).resolve("setsid");
        Files.writeString(mute, "#!/bin/sh\necho I shall say nothing more\nexec sleep 60\n");
        assertThat(mute.toFile().setExecutable(true)).isTrue();
        TestNode one = TestNode.start("heat-1", temp, keys, mute.getParent() + ":/usr/bin:/bin");
        nodes.add(one);
        Deadlines impatient =
                new Deadlines(DEADLINES.connect(), DEADLINES.push(), Duration.ofSeconds(6), DEADLINES.command());
        BootstrapPlan plan = BootstrapPlan.of("heat", targets(), bundle, keys).with(impatient);
        NodeReport report = new Bootstrapper().run(plan, StepListener.SILENT).getFirst();
        assertThat(report.failure().orElseThrow())
                .contains("the agent did not say its port in", "I shall say nothing more");
        ProcessHandle.of(one.agentPid()).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void what_fails_on_one_node_is_a_row_and_delays_nobody() throws Exception {
        add("heat-1");
        TestNode two = add("heat-2");
        SshTarget right = two.target();
        String strange = keys.hostKey("stranger").publicLine();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            List<NodeTarget> targets = List.of(
                    nodes.getFirst().node(0),
                    target("heat-2", right.port(), strange, 1),
                    target("heat-3", silent.getLocalPort(), right.hostKey(), 2));
            List<String> order = new CopyOnWriteArrayList<>();
            BootstrapPlan plan = new BootstrapPlan(
                    "heat", targets, bundle, keys, DEADLINES, Set.of(), 1, BootstrapPlan.Delivery.AUTOMATIC);
            List<NodeReport> reports =
                    new Bootstrapper().run(plan, (node, step, outcome) -> order.add(node + " " + step));
            assertThat(reports.get(0).succeeded()).isTrue();
            assertThat(order).containsSubsequence("heat-1 PUSH", "heat-3 CONNECT");
            assertThat(reports.get(1).failure().orElseThrow()).contains("heat-2", "the host key is not the pinned one");
            assertThat(reports.get(2).failure().orElseThrow())
                    .contains("heat-3")
                    .containsPattern("SSH did not answer after \\d+ (try|tries) in \\d+ s");
            assertThat(reports.get(2).steps().get(Step.AGENT)).isInstanceOf(StepOutcome.Skipped.class);
            assertThat(two.commands()).isEmpty();
        }
    }

    @Test
    void an_interrupted_run_is_finished_by_the_next() throws Exception {
        TestNode one = add("heat-1");
        Thread[] runner = new Thread[1];
        FutureTask<List<NodeReport>> broken =
                new FutureTask<>(() -> new Bootstrapper().run(plan(targets()), new StepListener() {
                    @Override
                    public void finished(String node, Step step, StepOutcome outcome) {}

                    @Override
                    public void started(String node, Step step) {
                        if (step == Step.PUSH) {
                            runner[0].interrupt();
                        }
                    }
                }));
        runner[0] = Thread.ofVirtual().unstarted(broken);
        runner[0].start();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> broken.get(30, TimeUnit.SECONDS))
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(run(targets())).allMatch(NodeReport::succeeded, "succeeded");
        await().untilAsserted(() ->
                assertThat(one.home().resolve(".muster/node/bundles")).isDirectoryNotContaining("glob:**partial*"));
    }

    private static void assertOutcomes(NodeReport report, Class<? extends StepOutcome> type) {
        assertThat(report.steps()).containsOnlyKeys(Step.values());
        for (Step step : WORK) {
            assertThat(report.steps().get(step)).as(step.toString()).isInstanceOf(type);
        }
    }

    private static void assertHostFiles(TestNode node) {
        Path hosts = node.home().resolve(".muster/node/hosts");
        assertThat(hosts.resolve("hostfile.openmpi")).hasContent("heat-1 slots=2\nheat-2 slots=2\n");
        assertThat(hosts.resolve("hostfile.mpich")).hasContent("heat-1:2\nheat-2:2\n");
        assertThat(hosts.resolve("machines.mpj")).hasContent("heat-1\nheat-2\n");
    }

    private void assertSecretsAreOutOfSight(TestNode node) throws IOException {
        for (String file : List.of(".muster/node/keys/cluster.key", ".muster/node/ssh/id_ed25519")) {
            assertThat(Files.getPosixFilePermissions(node.home().resolve(file))).hasSize(2);
        }
        String secret = keys.tls().keyText().lines().skip(1).findFirst().orElseThrow();
        assertThat(node.commands()).isNotEmpty().noneMatch(command -> command.contains(secret));
        assertThat(node.home().resolve(".muster/node/keys/cluster.key"))
                .hasContent(keys.tls().keyText());
    }

    private void assertClassDataIsShared(TestNode node) throws Exception {
        Path java = node.home().resolve(bundle.homePath()).resolve("runtime/bin/java");
        Process process = new ProcessBuilder(java.toString(), "-Xshare:on", "-XX:+UseSerialGC", "--version")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("sharing");
    }

    private void assertTheRealClientGoesFromNodeToNode(TestNode one, TestNode two) throws Exception {
        if (!Files.exists(Path.of("/usr/bin/ssh"))) {
            System.out.println("no ssh client on this machine: node to node is not tried");
            return;
        }
        // The client takes the home from the user database, so the home of the node is written out here.
        Path config = temp.resolve("ssh_config");
        Files.writeString(
                config,
                Files.readString(one.home().resolve(".muster/node/ssh/config"))
                        .replace("~", one.home().toString()));
        Process ssh = new ProcessBuilder("ssh", "-F", config.toString(), "heat-2", "pwd")
                .redirectErrorStream(true)
                .start();
        ssh.getOutputStream().close();
        assertThat(new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo(two.home().toString());
    }

    private TestNode add(String name) throws Exception {
        TestNode node = TestNode.start(name, temp, keys);
        nodes.add(node);
        return node;
    }

    private List<NodeTarget> targets() throws IOException {
        List<NodeTarget> targets = new ArrayList<>();
        for (TestNode node : nodes) {
            targets.add(node.node(targets.size()));
        }
        return targets;
    }

    private NodeTarget target(String name, int port, String hostKey, int index) {
        Path identity = keys.ssh().privateKeyFile();
        return new NodeTarget(
                new SshTarget(name, "127.0.0.1", port, "muster", hostKey, identity), 2, "127.0.0.1", index);
    }

    private BootstrapPlan plan(List<NodeTarget> targets) {
        return BootstrapPlan.of("heat", targets, bundle, keys).with(DEADLINES);
    }

    private List<NodeReport> run(List<NodeTarget> targets) throws Exception {
        List<NodeReport> reports = new Bootstrapper().run(plan(targets), StepListener.SILENT);
        reports.forEach(report -> System.out.println(report.target().name() + " " + report.steps()));
        return reports;
    }
}
