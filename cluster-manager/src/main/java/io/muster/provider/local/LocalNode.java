package io.muster.provider.local;

import io.muster.provider.local.NodeFolder.Listening;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.apache.sshd.server.SshServer;

/** The process that is a local node: it serves SSH until it is killed or its folder is gone. */
public final class LocalNode {
    private static final long LOOK_EVERY_MILLIS = 1_000;

    private LocalNode() {}

    /**
     * Serves the node whose folder is given.
     *
     * @param arguments the node's folder
     */
    public static void main(String[] arguments) throws InterruptedException {
        NodeFolder folder = new NodeFolder(Path.of(arguments[0]));
        try {
            serve(folder, folder.tags());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            System.err.println("cannot start: " + e);
        }
        // threads of the server must not keep a node alive that nobody wants
        Runtime.getRuntime().halt(1);
    }

    private static void serve(NodeFolder folder, NodeTags tags)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path sharedMemory = SharedMemory.folder(tags.id());
        String mark = MarkedProcesses.mark(folder.path(), tags.id());
        Process guardian = NodeGuardian.start(mark, sharedMemory);
        NodeEnvironment environment =
                new NodeEnvironment(NodeEnvironment.loginName(), tags.name(), mark, folder, sharedMemory);
        NodeLog.quiet();
        JdkSecurity.use();
        SshServer server;
        try {
            server = NodeServer.start(folder, tags, environment);
        } catch (BindException e) {
            System.err.println("SSH port " + tags.port() + " is in use (" + e.getMessage()
                    + "). Choose another base port, or let the system choose.");
            return;
        }
        folder.writeListening(new Listening(ProcessId.ofThisProcess(), server.getPort()));
        while (stillWanted(folder, tags)) {
            if (!guardian.isAlive()) {
                guardian = NodeGuardian.start(mark, sharedMemory);
            }
            NodeLog.bound(folder.log());
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private static boolean stillWanted(NodeFolder folder, NodeTags tags) {
        try {
            return folder.tags().id().equals(tags.id());
        } catch (IOException e) {
            return false;
        }
    }
}
