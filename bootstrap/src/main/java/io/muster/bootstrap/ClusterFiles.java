package io.muster.bootstrap;

import static io.muster.bootstrap.InstalledFile.Kind.FIRST_LINE;
import static io.muster.bootstrap.InstalledFile.Kind.LAST_LINE;
import static io.muster.bootstrap.InstalledFile.Kind.WHOLE;

import io.muster.bootstrap.ssh.StreamWriter;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that every node of a cluster has, as {@code install.sh} reads them: the same for all nodes, and as long as
 * the cluster is large, so they are made once.
 *
 * @param content all of them, secrets too: they travel through standard input only, in one go
 * @param keys paths of those that are keys; the others say who is who, for people and for the three launchers
 */
record ClusterFiles(StreamWriter content, Set<String> keys) {
    private static final String SSH = ".muster/node/ssh/";
    private static final String HOSTS = ".muster/node/hosts/";

    static ClusterFiles of(BootstrapPlan plan) throws IOException {
        List<InstalledFile> keys = keyFiles(plan);
        List<InstalledFile> all =
                Stream.concat(keys.stream(), hostFiles(plan).stream()).toList();
        return new ClusterFiles(
                StreamWriter.of(InstalledFile.stream(all)),
                keys.stream().map(InstalledFile::path).collect(Collectors.toSet()));
    }

    private static List<InstalledFile> keyFiles(BootstrapPlan plan) throws IOException {
        String publicLine = plan.keys().ssh().publicLine() + " muster-" + plan.cluster() + "\n";
        return List.of(
                new InstalledFile(
                        WHOLE,
                        ".muster/node/keys/cluster.key",
                        "600",
                        plan.keys().tls().keyText()),
                new InstalledFile(
                        WHOLE,
                        ".muster/node/keys/cluster.crt",
                        "600",
                        plan.keys().tls().certificateText()),
                new InstalledFile(
                        WHOLE, SSH + "id_ed25519", "600", plan.keys().ssh().privateKeyText()),
                new InstalledFile(WHOLE, SSH + "id_ed25519.pub", "644", publicLine),
                new InstalledFile(LAST_LINE, ".ssh/authorized_keys", "600", publicLine));
    }

    private static List<InstalledFile> hostFiles(BootstrapPlan plan) {
        return List.of(
                new InstalledFile(
                        WHOLE, HOSTS + "hostfile.openmpi", "644", lines(plan, n -> n.name() + " slots=" + n.slots())),
                new InstalledFile(WHOLE, HOSTS + "hostfile.mpich", "644", lines(plan, n -> n.name() + ":" + n.slots())),
                new InstalledFile(WHOLE, HOSTS + "machines.mpj", "644", lines(plan, NodeTarget::name)),
                new InstalledFile(WHOLE, HOSTS + "hosts", "644", etcHosts(plan)),
                new InstalledFile(
                        WHOLE,
                        SSH + "known_hosts",
                        "644",
                        lines(plan, n -> n.name() + " " + n.ssh().hostKey())),
                new InstalledFile(WHOLE, SSH + "config", "600", lines(plan, ClusterFiles::sshConfig)),
                new InstalledFile(FIRST_LINE, ".ssh/config", "600", "Include ~/.muster/node/ssh/config\n"));
    }

    /** Lines in the format of {@code /etc/hosts}, for whoever wants to append them there. */
    private static String etcHosts(BootstrapPlan plan) {
        return lines(plan, node -> node.privateAddress() + " " + node.name());
    }

    private static String sshConfig(NodeTarget node) {
        return """
                Host %s
                  HostName %s
                  Port %d
                  User %s
                  HostKeyAlias %s
                  IdentityFile ~/.muster/node/ssh/id_ed25519
                  IdentitiesOnly yes
                  UserKnownHostsFile ~/.muster/node/ssh/known_hosts
                  StrictHostKeyChecking yes\
                """.formatted(
                        node.name(),
                        node.privateAddress(),
                        node.ssh().port(),
                        node.ssh().user(),
                        node.name());
    }

    private static String lines(BootstrapPlan plan, Function<NodeTarget, String> line) {
        return plan.nodes().stream().map(line).collect(Collectors.joining("\n", "", "\n"));
    }
}
