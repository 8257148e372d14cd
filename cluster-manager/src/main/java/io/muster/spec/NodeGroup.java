package io.muster.spec;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Some of the nodes of a cluster, all alike. What is not given is chosen by the planner.
 *
 * @param name name of the group, unique in its cluster; empty for the only group of a file that names none
 * @param count number of nodes, 1 to {@value #MAX_COUNT}
 * @param minimum how many of them are enough for the cluster to come up; all when not given
 * @param slots ranks that one node may hold; default: as many as {@code cores}
 * @param cores cores that one node must have
 * @param memory memory that one node must have
 * @param types the provider's names of sizes, in the order to try; empty to choose by cores and memory
 * @param image operating system of the nodes: an alias, or the provider's own name of an image
 * @param spot whether the nodes may be ones that the provider can take back at any time, for less money
 * @param disk size of the root disk
 * @param hosts the machines, where the provider is one of machines that exist; as many as {@code count} then
 */
public record NodeGroup(
        String name,
        int count,
        OptionalInt minimum,
        OptionalInt slots,
        OptionalInt cores,
        Optional<MemorySize> memory,
        List<String> types,
        Optional<String> image,
        boolean spot,
        Optional<MemorySize> disk,
        List<HostSpec> hosts) {
    /** Most nodes that one cluster may have. */
    public static final int MAX_COUNT = 4096;
    /** Most slots or cores that one node may have. */
    public static final int MAX_SLOTS = 4096;

    /** Most sizes that a group may name. */
    public static final int MAX_TYPES = 50;

    /** Short enough that cluster, group and number together are a host name. */
    static final String NAME_REGEX = "^[a-z](?:[a-z0-9-]{0,14}[a-z0-9])?$";

    static final String NAME_RULE = "lower-case letters, digits and hyphens, at most 16, starting with a letter";
    static final String NAME_OF_PROVIDER_REGEX = "^[A-Za-z0-9_/](?:[A-Za-z0-9 ._:/@+()-]{0,398}[A-Za-z0-9._:/@+()-])?$";
    static final Pattern NAME_OF_PROVIDER = Pattern.compile(NAME_OF_PROVIDER_REGEX);

    private static final Pattern NAME = Pattern.compile(NAME_REGEX);

    public NodeGroup {
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + Printable.of(name) + "\" is no name of a group. It has " + NAME_RULE + ".");
        }
        inRange("count", count, MAX_COUNT);
        minimum.ifPresent(value -> inRange("minimum", value, MAX_COUNT));
        if (minimum.orElse(count) > count) {
            throw new IllegalArgumentException(
                    "minimum is " + minimum.getAsInt() + ", more than the " + count + " nodes of the group");
        }
        slots.ifPresent(value -> inRange("slots", value, MAX_SLOTS));
        cores.ifPresent(value -> inRange("cores", value, MAX_SLOTS));
        types = List.copyOf(types);
        hosts = List.copyOf(hosts);
        if (!hosts.isEmpty() && hosts.size() != count) {
            throw new IllegalArgumentException("count is " + count + ", and there are " + hosts.size() + " hosts");
        }
        if (types.size() > MAX_TYPES) {
            throw new IllegalArgumentException(types.size() + " types; the most is " + MAX_TYPES);
        }
        types.forEach(type -> nameOfProvider("type", type));
        image.ifPresent(text -> nameOfProvider("image", text));
    }

    /** How many nodes of the group are enough. */
    public int enough() {
        return minimum.orElse(count);
    }

    /** This many nodes, the rest left to the planner. */
    public static NodeGroup of(int count) {
        return new NodeGroup(
                "",
                count,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of());
    }

    /** These machines, each a node. */
    public static NodeGroup ofHosts(List<HostSpec> hosts) {
        return of(hosts.size()).withHosts(hosts);
    }

    public NodeGroup withName(String changed) {
        return new NodeGroup(changed, count, minimum, slots, cores, memory, types, image, spot, disk, hosts);
    }

    public NodeGroup withCount(int changed) {
        return new NodeGroup(name, changed, minimum, slots, cores, memory, types, image, spot, disk, hosts);
    }

    public NodeGroup withMinimum(int changed) {
        return new NodeGroup(
                name, count, OptionalInt.of(changed), slots, cores, memory, types, image, spot, disk, hosts);
    }

    public NodeGroup withSlots(int changed) {
        return new NodeGroup(
                name, count, minimum, OptionalInt.of(changed), cores, memory, types, image, spot, disk, hosts);
    }

    public NodeGroup withCores(int changed) {
        return new NodeGroup(
                name, count, minimum, slots, OptionalInt.of(changed), memory, types, image, spot, disk, hosts);
    }

    public NodeGroup withMemory(MemorySize changed) {
        return new NodeGroup(name, count, minimum, slots, cores, Optional.of(changed), types, image, spot, disk, hosts);
    }

    public NodeGroup withTypes(List<String> changed) {
        return new NodeGroup(name, count, minimum, slots, cores, memory, changed, image, spot, disk, hosts);
    }

    public NodeGroup withImage(String changed) {
        return new NodeGroup(
                name, count, minimum, slots, cores, memory, types, Optional.of(changed), spot, disk, hosts);
    }

    public NodeGroup withSpot(boolean changed) {
        return new NodeGroup(name, count, minimum, slots, cores, memory, types, image, changed, disk, hosts);
    }

    public NodeGroup withDisk(MemorySize changed) {
        return new NodeGroup(
                name, count, minimum, slots, cores, memory, types, image, spot, Optional.of(changed), hosts);
    }

    public NodeGroup withHosts(List<HostSpec> changed) {
        return new NodeGroup(name, changed.size(), minimum, slots, cores, memory, types, image, spot, disk, changed);
    }

    private static void nameOfProvider(String what, String text) {
        if (!NAME_OF_PROVIDER.matcher(text).matches()) {
            throw new IllegalArgumentException(what + " \"" + Printable.of(text) + "\" cannot be used");
        }
    }

    private static void inRange(String what, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be 1 to " + max);
        }
    }
}
