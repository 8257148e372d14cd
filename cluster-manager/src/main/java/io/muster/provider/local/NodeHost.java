package io.muster.provider.local;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The process that serves SSH for local nodes that were created together. It ends when none of them is left; when it
 * is killed, they end with it.
 */
public final class NodeHost {
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private NodeHost() {}

    /**
     * Serves nodes.
     *
     * @param arguments their marks: folder and id of each
     */
    public static void main(String[] arguments) throws InterruptedException {
        NodeLog.quiet();
        JdkSecurity.use();
        Semaphore ended = new Semaphore(0);
        List<ServedNode> nodes = new ArrayList<>();
        for (String argument : arguments) {
            try {
                nodes.add(ServedNode.start(argument, ended::release));
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                tell(new NodeFolder(MarkedProcesses.folderOf(argument)), e);
            }
        }
        while (!nodes.isEmpty()) {
            if (ended.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                ended.drainPermits();
            }
            nodes.removeIf(node -> !node.keep());
        }
        // Threads of the servers must not keep this process alive, which nobody wants any more.
        Runtime.getRuntime().halt(0);
    }

    private static void tell(NodeFolder folder, Exception failure) {
        String reason = failure instanceof NodeRefusal refusal ? refusal.reason() : "cannot start: " + failure;
        try {
            folder.writeFailure(reason);
        } catch (IOException e) {
            System.err.println(folder.path() + ": " + reason);
        }
    }
}
