package io.muster.provider.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A shell that outlives the node's process, whichever way that ends: it holds the other end of a pipe, and when the
 * pipe breaks it kills all that carries the node's mark and removes the node's folder in shared memory.
 */
final class NodeGuardian {
    // two looks in a row without a find: a process that was just forked may not carry its environment yet
    private static final String SCRIPT = """
            read -r nothing
            clean=0
            while [ "$clean" -lt 2 ]; do
              clean=$((clean + 1))
              for file in $(grep -lzxF -- "$1" /proc/[0-9]*/environ 2>/dev/null); do
                pid=${file#/proc/}
                kill -KILL "${pid%/environ}" 2>/dev/null && clean=0
              done
            done
            rm -rf -- "$2"
            """;

    private NodeGuardian() {}

    static Process start(String mark, Path sharedMemory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "setsid",
                NodeEnvironment.SHELL,
                "-c",
                SCRIPT,
                "muster-guardian",
                MarkedProcesses.VARIABLE + "=" + mark,
                sharedMemory.toString());
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.put("PATH", NodeEnvironment.PATH);
        variables.put(MarkedProcesses.GUARDIAN_VARIABLE, mark);
        builder.directory(Path.of("/").toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }
}
