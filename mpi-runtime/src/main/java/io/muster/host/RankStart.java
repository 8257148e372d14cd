package io.muster.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a rank is started.
 *
 * @param folder that it works in
 * @param variables besides those that every rank has
 */
record RankStart(List<String> command, Path folder, Map<String, String> variables) {
    RankStart {
        command = List.copyOf(command);
        variables = Map.copyOf(variables);
    }
}
