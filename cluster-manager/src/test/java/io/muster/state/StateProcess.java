package io.muster.state;

import io.muster.spec.ClusterName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** What another process does with a store, for tests with more than one: writes, or holds a lock until it is ended. */
final class StateProcess {
    private StateProcess() {}

    static Process start(String what, Path folder) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StateProcess.class.getName(),
                        what,
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] args) throws IOException {
        try (StateStore store = StateStore.open(Path.of(args[1]))) {
            switch (args[0]) {
                case "write" -> write(store);
                case "lock" -> hold(store);
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
    }

    private static void write(StateStore store) {
        ClusterId cluster =
                store.clusters().live(new ClusterName("heat")).orElseThrow().id();
        for (int i = 0; i < 50; i++) {
            store.jobs()
                    .submit(
                            cluster,
                            "{}",
                            Cause.of("process " + ProcessHandle.current().pid()));
        }
    }

    private static void hold(StateStore store) throws IOException {
        LockAttempt attempt = store.lock(new ClusterName("heat"), "up");
        System.out.println(attempt instanceof LockAttempt.Acquired ? "locked" : "refused");
        // Ends when the test closes the pipe, also by ending itself.
        System.in.transferTo(OutputStream.nullOutputStream());
    }
}
