package io.muster.agent;

import io.muster.wire.ClusterIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/** A {@link StandInAgent} as a process. The real one, when the bundle has it, comes first on the class path. */
public final class AgentMain {
    private AgentMain() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        int port = StandInAgent.listen(ClusterIdentity.load(Path.of(".muster/node/keys")), options);
        Path file = Path.of(".muster/node/agent/port.new");
        Files.writeString(file, port + "\n");
        Files.move(file, Path.of(".muster/node/agent/port"), StandardCopyOption.ATOMIC_MOVE);
        Thread.currentThread().join();
    }
}
