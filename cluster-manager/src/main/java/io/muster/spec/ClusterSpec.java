package io.muster.spec;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the user wants of one cluster: the sizing file as a record. Programs start from {@link #local} and refine with
 * the {@code with…} methods, each of which returns a changed copy.
 *
 * @param name the cluster's name
 * @param provider name of what creates its nodes, for example {@code local}
 * @param nodes its nodes
 * @param runtime the message-passing library of its jobs
 * @param limits when it is given back without being asked
 */
public record ClusterSpec(ClusterName name, String provider, NodesSpec nodes, MpiRuntime runtime, Limits limits) {
    /** The provider whose nodes are processes on this machine. */
    public static final String LOCAL = "local";
    /** The provider whose nodes are containers. */
    public static final String DOCKER = "docker";

    public ClusterSpec {
        if (provider.isBlank()) {
            throw new IllegalArgumentException("provider is empty; for this machine it is \"" + LOCAL + "\"");
        }
    }

    /** A cluster of {@code count} nodes on this machine. */
    public static ClusterSpec local(String name, int count) {
        return new ClusterSpec(new ClusterName(name), LOCAL, NodesSpec.of(count), MpiRuntime.MUSTER, Limits.NONE);
    }

    public ClusterSpec withName(String other) {
        return new ClusterSpec(new ClusterName(other), provider, nodes, runtime, limits);
    }

    public ClusterSpec withSlots(int slots) {
        return withNodes(
                new NodesSpec(nodes.count(), OptionalInt.of(slots), nodes.cores(), nodes.memory(), nodes.image()));
    }

    public ClusterSpec withCores(int cores) {
        return withNodes(
                new NodesSpec(nodes.count(), nodes.slots(), OptionalInt.of(cores), nodes.memory(), nodes.image()));
    }

    public ClusterSpec withMemory(MemorySize memory) {
        return withNodes(
                new NodesSpec(nodes.count(), nodes.slots(), nodes.cores(), Optional.of(memory), nodes.image()));
    }

    public ClusterSpec withImage(String image) {
        return withNodes(
                new NodesSpec(nodes.count(), nodes.slots(), nodes.cores(), nodes.memory(), Optional.of(image)));
    }

    public ClusterSpec withNodes(NodesSpec changed) {
        return new ClusterSpec(name, provider, changed, runtime, limits);
    }

    public ClusterSpec withIdleLimit(Duration idle) {
        return withLimits(new Limits(Optional.of(idle), limits.lifetime(), limits.budget()));
    }

    public ClusterSpec withLifetimeLimit(Duration lifetime) {
        return withLimits(new Limits(limits.idle(), Optional.of(lifetime), limits.budget()));
    }

    public ClusterSpec withLimits(Limits changed) {
        return new ClusterSpec(name, provider, nodes, runtime, changed);
    }

    /** The shortest sizing file that {@link SpecReader} reads back to this record. */
    public String toYaml() {
        StringBuilder yaml = new StringBuilder();
        yaml.append("cluster: \"").append(name).append("\"\n");
        yaml.append("provider: \"").append(provider).append("\"\n");
        yaml.append("nodes:\n  count: ").append(nodes.count()).append('\n');
        nodes.slots().ifPresent(slots -> yaml.append("  slots: ").append(slots).append('\n'));
        nodes.cores().ifPresent(cores -> yaml.append("  cores: ").append(cores).append('\n'));
        nodes.memory()
                .ifPresent(memory -> yaml.append("  memory: ").append(memory).append('\n'));
        nodes.image()
                .ifPresent(image -> yaml.append("  image: \"").append(image).append("\"\n"));
        yaml.append("runtime: ").append(runtime.text()).append('\n');
        if (!limits.equals(Limits.NONE)) {
            yaml.append("limits:\n");
            limits.idle()
                    .ifPresent(span ->
                            yaml.append("  idle: ").append(TimeSpan.print(span)).append('\n'));
            limits.lifetime()
                    .ifPresent(span -> yaml.append("  lifetime: ")
                            .append(TimeSpan.print(span))
                            .append('\n'));
            limits.budget()
                    .ifPresent(money -> yaml.append("  budget: ").append(money).append('\n'));
        }
        return yaml.toString();
    }
}
