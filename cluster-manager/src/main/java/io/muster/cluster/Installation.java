package io.muster.cluster;

import io.muster.api.MusterException;
import io.muster.launch.RuntimeHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The parts of this installation that go to the nodes.
 *
 * @param runtimeImage the Java runtime image
 * @param nodeJars jars that a node needs: the MPI runtime with its agent
 */
public record Installation(Path runtimeImage, List<Path> nodeJars) {
    /** JVM options with which local nodes start fast, where this installation has a cache for them. */
    public static List<String> localNodeOptions() {
        Path cache = Path.of(System.getProperty("muster.dist", ""), "lib", "local-node.aot");
        return Files.isRegularFile(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    /** The installation that this process was started from, as the launcher script tells in {@code muster.dist}. */
    public static Installation ofThisProcess() {
        String home = System.getProperty("muster.dist", "");
        Path runtime = Path.of(home, "runtime");
        Path jar = RuntimeHome.jar();
        if (home.isEmpty() || !Files.isDirectory(runtime) || !Files.isRegularFile(jar)) {
            throw new MusterException(
                    MusterException.Kind.INFRASTRUCTURE,
                    "this installation is not complete",
                    home.isEmpty() ? "system property muster.dist" : home,
                    "no runtime/ there, or no jar of the MPI runtime",
                    "start Muster with bin/muster of the distribution, or ./muster of a checkout");
        }
        return new Installation(runtime, List.of(jar));
    }
}
