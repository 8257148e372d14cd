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
            NodeTags tags = folder.tags();
            Path sharedMemory = SharedMemory.folder(tags.id());
            String mark = MarkedProcesses.mark(folder.path(), tags.id());
            Process guardian = NodeGuardian.start(mark, sharedMemory);
            NodeEnvironment environment =
                    new NodeEnvironment(NodeEnvironment.loginName(), tags.name(), mark, folder, sharedMemory);
            JdkSecurity.use();
            SshServer server = NodeServer.start(folder, tags, environment);
            folder.writeListening(new Listening(ProcessId.ofThisProcess(), server.getPort()));
            while (stillWanted(folder, tags) && guardian.isAlive()) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (BindException e) {
            System.err.println("port is in use: " + e.getMessage());
        } catch (IOException | GeneralSecurityException e) {
            System.err.println("node cannot start: " + e);
        }
        // non-daemon threads of the server must not keep a node alive that nobody wants
        Runtime.getRuntime().halt(1);
    }

    private static boolean stillWanted(NodeFolder folder, NodeTags tags) {
        try {
            return folder.tags().id().equals(tags.id());
        } catch (IOException e) {
            return false;
        }
    }
}
