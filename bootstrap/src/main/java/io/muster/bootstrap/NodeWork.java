package io.muster.bootstrap;

import io.muster.agent.AgentClient;
import io.muster.agent.Member;
import io.muster.agent.PreflightResult;
import io.muster.bootstrap.ssh.CommandResult;
import io.muster.bootstrap.ssh.Script;
import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import io.muster.wire.ClusterIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
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
    private List<String> changedHosts = List.of();
    private List<Member> knownMembers = List.of();
    private @Nullable AgentLink link;
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

    /** Brings keys and host files in one round trip; what became of the host files is told in their own step. */
    StepResult keys(Duration deadline) throws StepFailure, SshException, InterruptedException {
        CommandResult result = session().stream(INSTALL.command(), files.content(), deadline);
        if (!result.succeeded()) {
            throw new StepFailure(
                    node.ssh(),
                    "cannot write its keys and host files: "
                            + result.stderr().strip()
                            + ". Next step: check the disk and the owner of ~/.muster and ~/.ssh there.");
        }
        Map<Boolean, List<String>> changed =
                result.stdout().lines().collect(Collectors.partitioningBy(files.keys()::contains));
        changedHosts = changed.getOrDefault(false, List.of());
        return installed("keys", changed.getOrDefault(true, List.of()));
    }

    StepResult hosts() {
        return installed("host files", changedHosts);
    }

    private static StepResult installed(String what, List<String> changed) {
        return changed.isEmpty()
                ? StepResult.unchanged(what + " are there")
                : StepResult.changed(String.join(", ", changed));
    }

    StepResult agent(Duration deadline) throws StepFailure, SshException, InterruptedException {
        AgentCommand command = new AgentCommand(plan.cluster(), plan.bundle());
        AgentStep.Running running = new AgentStep(session(), node, command, identity).ensure(deadline);
        agentPort = running.port();
        link = running.link();
        knownMembers = running.members();
        return running.result();
    }

    StepResult members(List<Member> members) throws IOException {
        if (knownMembers.equals(members)) {
            return StepResult.unchanged(members.size() + " members");
        }
        agent().setMembers(members);
        return StepResult.changed(members.size() + " members");
    }

    StepResult preflight(Member neighbour) throws IOException {
        PreflightResult result = agent().preflight(neighbour);
        measured = result;
        return StepResult.unchanged(String.format(
                "to %s: %.0f µs, %.0f MiB/s, clock %+.1f ms",
                result.neighbour(),
                result.latencyMicros(),
                result.bandwidthBytesPerSecond() / MIB,
                result.clockOffsetMillis()));
    }

    /** The open way to the agent, which from now on is the caller's; empty when there is none. */
    Optional<AgentLink> release() {
        Optional<AgentLink> released = Optional.ofNullable(link);
        if (link != null) {
            session = null;
            link = null;
        }
        return released;
    }

    @Override
    public void close() {
        if (link != null) {
            link.agent().close();
        }
        if (session != null) {
            session.close();
        }
    }

    private AgentClient agent() {
        if (link == null) {
            throw new IllegalStateException("AGENT comes first");
        }
        return link.agent();
    }

    private SshSession session() {
        if (session == null) {
            throw new IllegalStateException("CONNECT comes first");
        }
        return session;
    }
}
