package io.muster.bootstrap;

import io.muster.bootstrap.bundle.Bundle;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of an agent, the same every time for the same node and bundle.
 *
 * @param cluster name of the cluster
 */
record AgentCommand(String cluster, Bundle bundle) {
    private static final String MAIN = "io.muster.agent.AgentMain";

    /** Sixty-four local nodes stand on one machine, so an agent's JVM is small. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            // Records are read by reflection; what the JVM would generate to do that faster takes longer to make.
            "-Djdk.reflect.useNativeAccessorOnly=true",
            "--enable-native-access=ALL-UNNAMED");

    /** What {@code agent.sh} takes. */
    String[] arguments(NodeTarget node, String how, long seconds) {
        String folder = bundle.homePath();
        List<String> words = new ArrayList<>(List.of(bundle.hash(), how, Long.toString(seconds)));
        words.add(folder + "/runtime/bin/java");
        words.add("-XX:SharedArchiveFile=" + folder + "/runtime/lib/node.jsa");
        words.addAll(JVM_OPTIONS);
        words.addAll(List.of("-cp", bundle.classPath(folder), MAIN));
        words.addAll(List.of("--cluster", cluster, "--node", node.name(), "--host", node.privateAddress()));
        return words.toArray(String[]::new);
    }
}
