package io.muster.provider.local;

import java.nio.file.Path;
import java.util.List;

/** Options that keep the process that serves local nodes small and quick to start. */
final class NodeJvm {

    private NodeJvm() {}

    /**
     * @param crashes folder for what the JVM writes when it crashes
     * @param nodes number of nodes that it serves
     */
    static List<String> options(Path crashes, int nodes) {
        return List.of(
                "-Xms8m",
                "-Xmx" + (44 + 4 * nodes) + "m",
                "-XX:+UseSerialGC",
                "-XX:ReservedCodeCacheSize=48m",
                // The optimizing compiler waits until very much is encrypted, and takes nothing from a quick start.
                "-XX:Tier4InvocationThreshold=50000",
                "-XX:Tier4MinInvocationThreshold=6000",
                "-XX:Tier4CompileThreshold=150000",
                "-XX:Tier4BackEdgeThreshold=400000",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTReplayTraining",
                "-XX:-UsePerfData",
                "-Djdk.reflect.useNativeAccessorOnly=true",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=" + crashes.resolve("crash.log"),
                // a fixed word where a file of properties would have its date: to format one costs start time
                "-Djava.properties.date=node",
                "--enable-native-access=ALL-UNNAMED");
    }
}
