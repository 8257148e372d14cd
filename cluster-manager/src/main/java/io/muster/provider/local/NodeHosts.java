package io.muster.provider.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The processes that serve local nodes.
 *
 * @param root folder of all local nodes
 */
record NodeHosts(Path root) {
    /** In their environment; its value is the root folder. */
    static final String VARIABLE = "MUSTER_LOCAL_HOST";

    private static final long PATIENCE_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long LOOK_EVERY_MILLIS = 10;

    /**
     * Waits until those have ended that have no node any more, and kills them when they do not end by themselves.
     *
     * @return whether the thread was interrupted meanwhile
     */
    boolean endIdle() throws IOException {
        boolean interrupted = false;
        long start = System.nanoTime();
        while (true) {
            List<Long> idle = MarkedProcesses.with(VARIABLE, root.toString()).stream()
                    .filter(NodeHosts::hasNoNode)
                    .toList();
            if (idle.isEmpty()) {
                return interrupted;
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                idle.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
                return interrupted;
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private static boolean hasNoNode(long pid) {
        try {
            String line = new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline")), StandardCharsets.UTF_8);
            List<String> words = Arrays.asList(line.split("\0"));
            int main = words.indexOf(NodeHost.class.getName());
            return main >= 0
                    && words.subList(main + 1, words.size()).stream()
                            .noneMatch(mark -> Files.exists(MarkedProcesses.folderOf(mark)));
        } catch (IOException e) {
            // It is gone.
            return false;
        }
    }
}
