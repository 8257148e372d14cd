package io.muster.spec;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What the user wants of one cluster: the sizing file as a record. Programs start from {@link #local} or {@link #of}
 * and refine with the {@code with…} methods, each of which returns a changed copy.
 *
 * @param name the cluster's name
 * @param provider name of what creates its nodes, for example {@code local}
 * @param cloud where in a cloud; {@link CloudSpec#NONE} for providers that are none
 * @param groups its nodes, at least one group; more than one have names
 * @param runtimes the message-passing libraries of its jobs, each once; the first one is taken when a job names none
 * @param limits when it is given back without being asked
 */
public record ClusterSpec(
        ClusterName name,
        String provider,
        CloudSpec cloud,
        List<NodeGroup> groups,
        List<RuntimeSpec> runtimes,
        Limits limits) {
    /** The provider whose nodes are processes on this machine. */
    public static final String LOCAL = "local";
    /** The provider whose nodes are containers. */
    public static final String DOCKER = "docker";
    /** The provider whose nodes are machines that exist. */
    public static final String HOSTS = "hosts";
    /** The providers that create virtual machines. */
    public static final List<String> CLOUDS =
            List.of("aws-ec2", "openstack-nova", "azurecompute-arm", "google-compute-engine");

    public ClusterSpec {
        if (provider.isBlank()) {
            throw new IllegalArgumentException("provider is empty; for this machine it is \"" + LOCAL + "\"");
        }
        groups = List.copyOf(groups);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("a cluster needs nodes");
        }
        runtimes = runtimes.isEmpty() ? List.of(RuntimeSpec.MUSTER) : List.copyOf(runtimes);
        Set<MpiRuntime> kinds = new HashSet<>();
        for (RuntimeSpec runtime : runtimes) {
            if (!kinds.add(runtime.runtime())) {
                throw new IllegalArgumentException(
                        "runtime " + runtime.runtime().text() + " is named twice: a cluster has each once");
            }
        }
        Set<String> names = new HashSet<>();
        for (NodeGroup group : groups) {
            if (groups.size() > 1 && (group.name().isEmpty() || !names.add(group.name()))) {
                throw new IllegalArgumentException("each of several groups of nodes needs a name of its own");
            }
        }
        Set<String> hosts = new HashSet<>();
        for (HostSpec host :
                groups.stream().flatMap(group -> group.hosts().stream()).toList()) {
            if (!hosts.add(host.endpoint())) {
                throw new IllegalArgumentException(
                        "host " + host.endpoint() + " is named twice: each can be one node only");
            }
        }
        int count = groups.stream().mapToInt(NodeGroup::count).sum();
        if (count > NodeGroup.MAX_COUNT) {
            throw new IllegalArgumentException(count + " nodes; the most is " + NodeGroup.MAX_COUNT);
        }
    }

    /** A cluster of {@code count} nodes on this machine. */
    public static ClusterSpec local(String name, int count) {
        return of(name, LOCAL, NodeGroup.of(count));
    }

    /** A cluster of one group. */
    public static ClusterSpec of(String name, String provider, NodeGroup nodes) {
        return new ClusterSpec(
                new ClusterName(name),
                provider,
                CloudSpec.NONE,
                List.of(nodes),
                List.of(RuntimeSpec.MUSTER),
                Limits.NONE);
    }

    /** Whether its nodes are machines of a cloud, which may cost money. */
    public boolean isInCloud() {
        return CLOUDS.contains(provider);
    }

    /** The runtime of jobs that name none. */
    public RuntimeSpec runtime() {
        return runtimes.getFirst();
    }

    /** What is said of a runtime; a job may name one that is not spoken of, if the nodes have it at a usual place. */
    public RuntimeSpec runtime(MpiRuntime kind) {
        return runtimes.stream()
                .filter(runtime -> runtime.runtime() == kind)
                .findFirst()
                .orElseGet(() -> RuntimeSpec.of(kind));
    }

    /** Number of nodes of all groups together. */
    public int count() {
        return groups.stream().mapToInt(NodeGroup::count).sum();
    }

    public ClusterSpec withName(String other) {
        return new ClusterSpec(new ClusterName(other), provider, cloud, groups, runtimes, limits);
    }

    public ClusterSpec withCloud(CloudSpec changed) {
        return new ClusterSpec(name, provider, changed, groups, runtimes, limits);
    }

    public ClusterSpec withGroups(List<NodeGroup> changed) {
        return new ClusterSpec(name, provider, cloud, changed, runtimes, limits);
    }

    /** Changes every group. */
    public ClusterSpec withEachGroup(UnaryOperator<NodeGroup> change) {
        return withGroups(groups.stream().map(change).toList());
    }

    public ClusterSpec withSlots(int slots) {
        return withEachGroup(group -> group.withSlots(slots));
    }

    public ClusterSpec withCores(int cores) {
        return withEachGroup(group -> group.withCores(cores));
    }

    public ClusterSpec withMemory(MemorySize memory) {
        return withEachGroup(group -> group.withMemory(memory));
    }

    public ClusterSpec withImage(String image) {
        return withEachGroup(group -> group.withImage(image));
    }

    public ClusterSpec withRuntimes(List<RuntimeSpec> changed) {
        return new ClusterSpec(name, provider, cloud, groups, changed, limits);
    }

    public ClusterSpec withIdleLimit(Duration idle) {
        return withLimits(new Limits(Optional.of(idle), limits.lifetime(), limits.budget()));
    }

    public ClusterSpec withLifetimeLimit(Duration lifetime) {
        return withLimits(new Limits(limits.idle(), Optional.of(lifetime), limits.budget()));
    }

    public ClusterSpec withLimits(Limits changed) {
        return new ClusterSpec(name, provider, cloud, groups, runtimes, changed);
    }

    /** The shortest sizing file that {@link SpecReader} reads back to this record. */
    public String toYaml() {
        return SpecYaml.of(this);
    }
}
