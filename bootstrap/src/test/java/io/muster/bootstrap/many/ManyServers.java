package io.muster.bootstrap.many;

import io.muster.agent.StandInAgent;
import io.muster.bootstrap.NodeTarget;
import io.muster.bootstrap.TestNode;
import io.muster.bootstrap.keys.ClusterKeys;
import io.muster.wire.ClusterIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Many nodes in one process: an SSH server each, with its own home, host key and port, whose commands run in a real
 * shell; and an agent each that answers, since a JVM for each would not fit on one machine. Prints a line
 * {@code NAME PORT} for each and {@code ready}, and ends with its standard input.
 */
public final class ManyServers {
    /** What the bundle's Java reads, since it starts no JVM. */
    static final String PORT_FILE = "stand-in-port";

    private ManyServers() {}

    /** {@code COUNT KEYS HOMES}. */
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        ClusterKeys keys = ClusterKeys.loadOrCreate(Path.of(arguments[1]));
        ClusterIdentity identity =
                ClusterIdentity.load(keys.tls().certificateFile(), keys.tls().keyFile());
        Path homes = Path.of(arguments[2]);
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            String name = "n" + (i + 1);
            TestNode server = TestNode.start(name, homes, keys);
            NodeTarget node = server.node(i);
            int port = StandInAgent.listen(
                    identity, Map.of("--cluster", "many", "--node", name, "--host", node.privateAddress()));
            Files.writeString(server.home().resolve(PORT_FILE), port + "\n");
            System.out.println(name + " " + node.ssh().port());
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Until its end.
        }
        Runtime.getRuntime().halt(0);
    }
}
