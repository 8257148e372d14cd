package io.muster.provider.local;

import io.muster.provider.NodeState;
import io.muster.provider.ProvidedNode;
import io.muster.provider.SshAddress;
import io.muster.provider.local.MarkedProcesses.Marked;
import io.muster.provider.local.NodeFolder.Listening;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What local nodes exist: their folders, and the processes that carry a mark of a folder that is gone. Never waits.
 *
 * @param root folder of all local nodes
 */
record LocalInventory(Path root) {
    static final String LOOPBACK = "127.0.0.1";

    /**
     * A node and where it was found.
     *
     * @param tags empty when they are lost or damaged
     */
    record Found(ProvidedNode node, Path folder, Optional<NodeTags> tags) {}

    /** Folders of a node, or of something being made or removed: those begin with a dot. */
    static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    /**
     * The nodes of a cluster.
     *
     * @param cluster empty for all
     */
    List<Found> nodes(String cluster) throws IOException {
        Path under = cluster.isEmpty() ? root : root.resolve(cluster);
        // processes first: a node that is created between the two looks has a folder in any case
        List<Marked> marked = MarkedProcesses.find(MarkedProcesses.VARIABLE, mark -> mark.startsWith(under + "/"));
        List<Found> found = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (Path clusterFolder : cluster.isEmpty() ? folders(root) : List.of(under)) {
            for (Path folder : folders(clusterFolder)) {
                seen.add(folder);
                described(folder, marked).ifPresent(found::add);
            }
        }
        for (Marked one : marked) {
            Path folder = MarkedProcesses.folderOf(one.mark());
            boolean ours = folder.getNameCount() == root.getNameCount() + 2;
            if (ours && seen.add(folder)) {
                found.add(withoutTags(folder, new NodeState.Stopped("its folder is gone, processes of it still run")));
            }
        }
        found.sort(Comparator.comparing((Found one) -> one.node().cluster())
                .thenComparingInt(one -> one.node().index())
                .thenComparing(one -> one.node().name()));
        return found;
    }

    /** One node, when anything of it exists. */
    Optional<Found> node(String cluster, String name) throws IOException {
        Path folder = root.resolve(cluster).resolve(name);
        List<Marked> marked = MarkedProcesses.find(
                MarkedProcesses.VARIABLE, mark -> MarkedProcesses.folderOf(mark).equals(folder));
        Optional<Found> found = described(folder, marked);
        if (found.isEmpty() && !marked.isEmpty()) {
            return Optional.of(
                    withoutTags(folder, new NodeState.Stopped("its folder is gone, processes of it still run")));
        }
        return found;
    }

    private static List<Path> folders(Path parent) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
            for (Path child : children) {
                if (!isHidden(child) && Files.isDirectory(child)) {
                    folders.add(child);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        return folders;
    }

    private Optional<Found> described(Path path, List<Marked> marked) throws IOException {
        NodeFolder folder = new NodeFolder(path);
        NodeTags tags;
        NodeState state;
        try {
            tags = folder.tags();
            state = state(folder, tags, marked);
        } catch (IOException e) {
            if (!Files.exists(path)) {
                return Optional.empty();
            }
            return Optional.of(withoutTags(path, new NodeState.Stopped("its tags cannot be read: " + e)));
        }
        ProvidedNode node = new ProvidedNode(
                tags.cluster(),
                tags.name(),
                tags.index(),
                tags.slots(),
                tags.id(),
                tags.hostPublicKey(),
                tags.createdAt(),
                state);
        return Optional.of(new Found(node, path, Optional.of(tags)));
    }

    private static NodeState state(NodeFolder folder, NodeTags tags, List<Marked> marked) throws IOException {
        String mark = MarkedProcesses.mark(folder.path(), tags.id());
        Optional<Listening> listening = folder.listening();
        if (listening.isPresent()) {
            ProcessId process = listening.get().process();
            // a number may be taken again by another process, its start time and the mark may not
            if (process.isAlive() && marked.contains(new Marked(process.pid(), mark))) {
                SshAddress ssh = new SshAddress(LOOPBACK, listening.get().port(), NodeEnvironment.loginName());
                return new NodeState.Running(ssh, LOOPBACK);
            }
            return new NodeState.Stopped("its process " + process.pid() + " is gone");
        }
        boolean hasProcess = marked.stream().anyMatch(one -> one.mark().equals(mark));
        if (hasProcess || tags.creator().isAlive()) {
            return new NodeState.Starting();
        }
        return new NodeState.Stopped(
                "it was never started, and process " + tags.creator().pid() + " that wanted to start it is gone");
    }

    private Found withoutTags(Path folder, NodeState state) {
        Path names = root.relativize(folder);
        String cluster = names.getName(0).toString();
        String name = names.getName(1).toString();
        ProvidedNode node = new ProvidedNode(cluster, name, -1, 0, folder.toString(), "", Instant.EPOCH, state);
        return new Found(node, folder, Optional.empty());
    }
}
