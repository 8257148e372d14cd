package io.muster.provider.local;

import java.util.List;

/** Options that keep the Java process of a local node small and quick to start. */
final class NodeJvm {

    private NodeJvm() {}

    static List<String> options(NodeFolder folder) {
        return List.of(
                "-Xms8m",
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:ReservedCodeCacheSize=48m",
                "-XX:-UsePerfData",
                "-Djdk.reflect.useNativeAccessorOnly=true",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=" + folder.path().resolve("crash.log"),
                // a fixed word where a file of properties would have its date: to format one costs start time
                "-Djava.properties.date=node",
                "-Djava.io.tmpdir=" + folder.tmp(),
                "--enable-native-access=ALL-UNNAMED");
    }
}
