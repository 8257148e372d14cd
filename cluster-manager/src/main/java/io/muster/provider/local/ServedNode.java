package io.muster.provider.local;

import io.muster.provider.local.NodeFolder.Listening;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.server.SshServer;

/**
 * A node within the process that serves it: its SSH server, the process that <em>is</em> the node, and its guardian.
 *
 * <p>The process of the node is a shell that does nothing but wait on a pipe. Killing it ends the node, as pulling the
 * plug of a machine does; and it ends by itself when this process does, which holds the other end. Thread-compatible:
 * one thread uses it.
 */
final class ServedNode {
    private final NodeFolder folder;
    private final NodeTags tags;
    private final Path sharedMemory;
    private final String mark;
    private final Process process;
    private final SshServer server;
    private Process guardian;

    private ServedNode(
            NodeFolder folder,
            NodeTags tags,
            Path sharedMemory,
            String mark,
            Process process,
            SshServer server,
            Process guardian) {
        this.folder = folder;
        this.tags = tags;
        this.sharedMemory = sharedMemory;
        this.mark = mark;
        this.process = process;
        this.server = server;
        this.guardian = guardian;
    }

    /**
     * Starts a node and says where it listens.
     *
     * @param mark its folder and its id
     * @param onEnd called when the process of the node has ended, by another thread
     * @throws IOException when it cannot be started; nothing of it runs then
     */
    static ServedNode start(String mark, Runnable onEnd) throws IOException, GeneralSecurityException {
        NodeFolder folder = new NodeFolder(MarkedProcesses.folderOf(mark));
        NodeTags tags = folder.tags();
        if (!tags.id().equals(MarkedProcesses.idOf(mark))) {
            throw new NodeRefusal("another node has taken its place");
        }
        Path sharedMemory = SharedMemory.folder(tags.id());
        Process guardian = NodeGuardian.start(mark, sharedMemory);
        boolean done = false;
        try {
            Process process = process(folder, mark);
            NodeEnvironment environment = new NodeEnvironment(
                    NodeEnvironment.loginName(), tags.name(), mark, process.pid(), folder, sharedMemory);
            SshServer server = NodeServer.start(folder, tags, environment);
            ProcessId id = ProcessId.of(process.pid()).orElseThrow(() -> new IOException("its process was killed"));
            folder.writeListening(new Listening(id, server.getPort()));
            CompletableFuture<Void> _ = process.onExit().thenRun(onEnd);
            done = true;
            return new ServedNode(folder, tags, sharedMemory, mark, process, server, guardian);
        } catch (BindException e) {
            throw new NodeRefusal("SSH port " + tags.port() + " is in use (" + e.getMessage()
                    + "). Choose another base port, or let the system choose.");
        } finally {
            if (!done) {
                guardian.getOutputStream().close();
            }
        }
    }

    private static Process process(NodeFolder folder, String mark) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "setsid",
                NodeEnvironment.SHELL,
                "-c",
                "read -r nothing",
                "muster-node",
                folder.path().toString());
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.put("PATH", NodeEnvironment.PATH);
        variables.put("HOME", folder.home().toString());
        variables.put(MarkedProcesses.VARIABLE, mark);
        builder.directory(folder.home().toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    /** Looks after the node; when it has ended, or nobody wants it any more, ends all of it and answers false. */
    boolean keep() {
        try {
            if (!process.isAlive() || !folder.tags().id().equals(tags.id())) {
                end();
                return false;
            }
            if (!guardian.isAlive()) {
                guardian = NodeGuardian.start(mark, sharedMemory);
            }
            NodeLog.bound(folder.log());
            return true;
        } catch (IOException e) {
            // Its folder is being removed.
            end();
            return false;
        }
    }

    private void end() {
        process.destroyForcibly();
        server.close(true);
        try {
            // Kills the rest: it waits for the end of this pipe.
            guardian.getOutputStream().close();
        } catch (IOException e) {
            // It is gone, or ends with this process.
        }
    }
}
