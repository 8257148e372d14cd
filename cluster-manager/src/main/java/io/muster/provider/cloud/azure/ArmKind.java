package io.muster.provider.cloud.azure;

import java.util.Optional;

/**
 * The kinds of resources that a cluster has in its group, in the order in which they can be removed.
 *
 * <p>A node is a machine, a network card, a disk, and perhaps a public address. They have one base name, to which each
 * kind but the machine adds its suffix.
 */
enum ArmKind {
    MACHINE("instance", "Microsoft.Compute/virtualMachines", Version.COMPUTE, ""),
    CARD("network-card", "Microsoft.Network/networkInterfaces", Version.NETWORK, "-nic"),
    ADDRESS("address", "Microsoft.Network/publicIPAddresses", Version.NETWORK, "-ip"),
    DISK("volume", "Microsoft.Compute/disks", Version.DISK, "-disk"),
    PLACEMENT("placement-group", "Microsoft.Compute/proximityPlacementGroups", Version.COMPUTE, ""),
    RULES("security-group", "Microsoft.Network/networkSecurityGroups", Version.NETWORK, ""),
    MEMBERS("application-security-group", "Microsoft.Network/applicationSecurityGroups", Version.NETWORK, ""),
    NETWORK("network", "Microsoft.Network/virtualNetworks", Version.NETWORK, "");

    /** Versions of the REST API. */
    static final class Version {
        static final String COMPUTE = "2024-07-01";
        static final String DISK = "2024-03-02";
        static final String NETWORK = "2024-05-01";
        static final String RESOURCES = "2021-04-01";

        private Version() {}
    }

    private final String word;
    private final String type;
    private final String version;
    private final String suffix;

    ArmKind(String word, String type, String version, String suffix) {
        this.word = word;
        this.type = type;
        this.version = version;
        this.suffix = suffix;
    }

    /** As Muster's lists name it. */
    String word() {
        return word;
    }

    /** As Azure names it. */
    String type() {
        return type;
    }

    String version() {
        return version;
    }

    String suffix() {
        return suffix;
    }

    /** Whether it belongs to one node, not to the cluster. */
    boolean isOfNode() {
        return this == MACHINE || !suffix.isEmpty();
    }

    static Optional<ArmKind> ofType(String type) {
        for (ArmKind kind : values()) {
            if (kind.type.equalsIgnoreCase(type)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    static Optional<ArmKind> ofWord(String word) {
        for (ArmKind kind : values()) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
