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

    /** What {@code agent.sh} takes. */
    String[] arguments(NodeTarget node, String how, long seconds) {
        List<String> words = new ArrayList<>(List.of(bundle.hash(), how, Long.toString(seconds)));
        words.addAll(bundle.java(MAIN));
        words.addAll(List.of("--cluster", cluster, "--node", node.name(), "--host", node.privateAddress()));
        return words.toArray(String[]::new);
    }
}
