package io.muster.wireup;

import io.muster.launch.Program;
import java.util.List;
import java.util.Optional;

/**
 * Some ranks that are to be spawned, which run the same program.
 *
 * @param program what each of them runs; a class path is that of the rank that asks
 * @param jvmOptions options for a JVM besides those of the ranks of the job
 * @param ranks how many
 * @param folder that they work in; relative to the work folder of the job, which it is when empty
 * @param path folders in which a command without a slash is looked for before those of {@code PATH}
 * @param hosts names of nodes of the job, one rank after the other; empty for all nodes
 */
public record SpawnPart(
        Program program,
        List<String> jvmOptions,
        int ranks,
        Optional<String> folder,
        List<String> path,
        List<String> hosts) {
    public SpawnPart {
        jvmOptions = List.copyOf(jvmOptions);
        path = List.copyOf(path);
        hosts = List.copyOf(hosts);
    }

    /** Its name for people. */
    public String title() {
        return switch (program) {
            case Program.Jar jar -> jar.jar();
            case Program.MainClass main -> main.mainClass();
            case Program.Command command -> command.command();
        };
    }
}
