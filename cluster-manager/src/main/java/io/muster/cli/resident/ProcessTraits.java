package io.muster.cli.resident;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a process has from its parent and a command cannot be told: who it is, what it sees, which permissions its files
 * get, how it reads and writes text. Only a process with the same ones can run a command in place of another.
 */
final class ProcessTraits {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessTraits() {}

    /** Those of this process, as one text. */
    static String ofThisProcess(Map<String, String> environment) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith("Umask:")
                    || line.startsWith("Uid:")
                    || line.startsWith("Gid:")
                    || line.startsWith("Groups:")) {
                text.append(line).append('\n');
            }
        }
        for (String namespace : new String[] {"mnt", "net", "pid", "user"}) {
            text.append(Files.readSymbolicLink(Path.of("/proc/self/ns", namespace)))
                    .append('\n');
        }
        text.append(Files.readSymbolicLink(Path.of("/proc/self/root"))).append('\n');
        new TreeMap<>(environment).forEach((name, value) -> {
            if (isRead(name)) {
                text.append(name).append('=').append(value).append('\n');
            }
        });
        return text.toString();
    }

    /** Whether the JVM or a library reads a variable from the process itself. */
    private static boolean isRead(String name) {
        return name.startsWith("LC_")
                || name.startsWith("DOCKER_")
                || switch (name) {
                    case "LANG", "HOME", "TZ", "TMPDIR", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS" -> true;
                    default -> false;
                };
    }
}
