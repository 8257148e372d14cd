package io.muster.bootstrap;

import io.muster.agent.AgentClient;
import io.muster.agent.Member;
import io.muster.agent.PreflightResult;
import io.muster.bootstrap.ssh.CommandResult;
import io.muster.bootstrap.ssh.Script;
import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import io.muster.bootstrap.ssh.StreamWriter;
import io.muster.wire.ClusterIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The steps of one node, and what they leave for each other. Used by one thread at a time. */
final class NodeWork implements AutoCloseable {
    private static final Script INSTALL = Script.of(NodeWork.class, "install.sh");
    private static final double MIB = 1 << 20;

    private final BootstrapPlan plan;
    private final NodeTarget node;
    private final ClusterIdentity identity;
    private final ClusterFiles files;
    private final BundleStep bundle;
    private final StepListener events;
    private @Nullable SshSession session;
    private @Nullable NodeFacts facts;
    private @Nullable PreflightResult measured;
    private List<Member> knownMembers = List.of();
    private int agentPort;

    NodeWork(
            BootstrapPlan plan,
            NodeTarget node,
            ClusterIdentity identity,
            ClusterFiles files,
            BundleStep bundle,
            StepListener events) {
        this.plan = plan;
        this.node = node;
        this.identity = identity;
        this.files = files;
        this.bundle = bundle;
        this.events = events;
    }

    NodeTarget node() {
        return node;
    }

    Optional<NodeFacts> facts() {
        return Optional.ofNullable(facts);
    }

    Optional<PreflightResult> measured() {
        return Optional.ofNullable(measured);
    }

    OptionalInt agentPort() {
        return agentPort == 0 ? OptionalInt.empty() : OptionalInt.of(agentPort);
    }

    /** The node as its neighbours reach it, once its agent answers. */
    Member member() {
        return new Member(node.name(), node.privateAddress(), agentPort, node.slots());
    }

    StepResult connect(Duration deadline) throws SshException, InterruptedException {
        session = SshSession.open(node.ssh(), deadline);
        return StepResult.unchanged("logged in as " + node.ssh().user());
    }

    StepResult look(Duration deadline) throws StepFailure, SshException, InterruptedException {
        NodeFacts seen = new LookStep(session(), plan.bundle().platform()).look(deadline);
        facts = seen;
        return StepResult.unchanged(String.format(
                "%s, Linux %s, %d cores, %.1f GiB memory, %.1f GiB free disk",
                seen.machine(),
                seen.kernel(),
                seen.cores(),
                seen.memoryBytes() / MIB / 1024,
                seen.freeDiskBytes() / MIB / 1024));
    }

    StepResult push(Duration deadline) throws StepFailure, SshException, InterruptedException {
        long total = plan.bundle().sizeBytes();
        return bundle.bring(session(), node, deadline, done -> events.progressed(node.name(), Step.PUSH, done, total));
    }

    StepResult keys(Duration deadline) throws StepFailure, SshException, InterruptedException {
        return install("keys", files.keys(), deadline);
    }

    StepResult hosts(Duration deadline) throws StepFailure, SshException, InterruptedException {
        return install("host files", files.hosts(), deadline);
    }

    StepResult agent(Duration deadline) throws StepFailure, SshException, InterruptedException {
        AgentCommand command = new AgentCommand(plan.cluster(), plan.bundle());
        AgentStep.Running running = new AgentStep(session(), node, command, identity).ensure(deadline);
        agentPort = running.port();
        knownMembers = running.members();
        return running.result();
    }

    StepResult members(List<Member> members) throws IOException {
        if (knownMembers.equals(members)) {
            return StepResult.unchanged(members.size() + " members");
        }
        try (AgentClient client = AgentLink.connect(session(), node, agentPort, identity)) {
            client.setMembers(members);
            return StepResult.changed(members.size() + " members");
        }
    }

    StepResult preflight(Member neighbour) throws IOException {
        try (AgentClient client = AgentLink.connect(session(), node, agentPort, identity)) {
            PreflightResult result = client.preflight(neighbour);
            measured = result;
            return StepResult.unchanged(String.format(
                    "to %s: %.0f µs, %.0f MiB/s, clock %+.1f ms",
                    result.neighbour(),
                    result.latencyMicros(),
                    result.bandwidthBytesPerSecond() / MIB,
                    result.clockOffsetMillis()));
        }
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }

    private StepResult install(String what, StreamWriter content, Duration deadline)
            throws StepFailure, SshException, InterruptedException {
        CommandResult result = session().stream(INSTALL.command(), content, deadline);
        if (!result.succeeded()) {
            throw new StepFailure(
                    node.ssh(),
                    "cannot write its " + what + ": " + result.stderr().strip()
                            + ". Next step: check the disk and the owner of ~/.muster and ~/.ssh there.");
        }
        List<String> changed = result.stdout().lines().toList();
        return changed.isEmpty()
                ? StepResult.unchanged(what + " are there")
                : StepResult.changed(String.join(", ", changed));
    }

    private SshSession session() {
        if (session == null) {
            throw new IllegalStateException("CONNECT comes first");
        }
        return session;
    }
}
