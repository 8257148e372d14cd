package io.muster.agent;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How an agent is started.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for any
 * @param folder the agent's state
 * @param keys folder with the cluster's certificate and key
 */
record AgentOptions(String cluster, String node, String host, int port, Path folder, Path keys) {
    private static final Set<String> KNOWN = Set.of("--cluster", "--node", "--host", "--port", "--folder", "--keys");

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    static AgentOptions parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String option = arguments.get(i);
            if (!KNOWN.contains(option) || i + 1 == arguments.size()) {
                throw new IllegalArgumentException("'" + option + "' is no option with a value; there are " + KNOWN);
            }
            values.put(option, arguments.get(i + 1));
        }
        for (String needed : List.of("--cluster", "--node", "--host")) {
            if (!values.containsKey(needed)) {
                throw new IllegalArgumentException(needed + " is missing");
            }
        }
        String port = values.getOrDefault("--port", "0");
        if (!port.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("--port is '" + port + "', not a port");
        }
        return new AgentOptions(
                values.getOrDefault("--cluster", ""),
                values.getOrDefault("--node", ""),
                values.getOrDefault("--host", ""),
                Integer.parseInt(port),
                Path.of(values.getOrDefault("--folder", ".muster/node/agent")).toAbsolutePath(),
                Path.of(values.getOrDefault("--keys", ".muster/node/keys")).toAbsolutePath());
    }
}
