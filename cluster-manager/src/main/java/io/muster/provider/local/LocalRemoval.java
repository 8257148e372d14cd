package io.muster.provider.local;

import io.muster.provider.LeftOver;
import io.muster.provider.local.LocalInventory.Found;
import io.muster.provider.local.MarkedProcesses.Marked;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes local nodes: first all processes that carry their marks, then their folders.
 *
 * @param root folder of all local nodes
 */
record LocalRemoval(Path root, LocalInventory inventory) {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long GUARDIAN_PATIENCE_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long LOOK_EVERY_MILLIS = 10;

    /** Removes nodes and answers what is left of them. */
    List<LeftOver> destroy(String cluster, Collection<String> names) {
        Set<Path> folders = new LinkedHashSet<>();
        names.forEach(name -> folders.add(root.resolve(cluster).resolve(name)));
        List<LeftOver> left = new ArrayList<>();
        if (folders.isEmpty()) {
            return left;
        }
        // an interrupt closes files under work; it is remembered and given back at the end
        boolean interrupted = Thread.interrupted();
        try {
            Set<String> ids = knownIds(cluster, folders);
            interrupted |= killAll(folders, ids, left);
            for (Path folder : folders) {
                removeFolder(folder, left);
            }
            for (String id : ids) {
                removeTree(SharedMemory.path(id), "", left);
            }
            interrupted |= new NodeHosts(root).endIdle();
        } catch (IOException e) {
            left.add(new LeftOver("", root.resolve(cluster).toString(), "cannot look what is left: " + e));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return left;
    }

    /** Removes all nodes of a cluster, what killed managers left of others, and the cluster's folder. */
    List<LeftOver> destroyAll(String cluster) {
        Path clusterFolder = root.resolve(cluster);
        List<LeftOver> left = new ArrayList<>();
        try {
            List<String> names = inventory.nodes(cluster).stream()
                    .map(found -> found.folder().getFileName().toString())
                    .toList();
            left.addAll(destroy(cluster, names));
            for (Path partial : partials(clusterFolder)) {
                removeTree(partial, "", left);
            }
            if (left.isEmpty()) {
                Files.deleteIfExists(clusterFolder);
            }
        } catch (IOException e) {
            left.add(new LeftOver(
                    "", clusterFolder.toString(), "cannot be removed: " + e + ". Look into it and remove it by hand."));
        }
        return left;
    }

    private Set<String> knownIds(String cluster, Set<Path> folders) throws IOException {
        Set<String> ids = new HashSet<>();
        for (Found found : inventory.nodes(cluster)) {
            if (folders.contains(found.folder())) {
                found.tags().ifPresent(tags -> ids.add(tags.id()));
            }
        }
        return ids;
    }

    /**
     * Kills what carries a mark until two looks in a row find nothing: a process that was just forked may show no
     * environment yet.
     *
     * @param ids takes the ids of the marks that were seen
     * @return whether the thread was interrupted meanwhile
     */
    private static boolean killAll(Set<Path> folders, Set<String> ids, List<LeftOver> left) throws IOException {
        long start = System.nanoTime();
        boolean interrupted = false;
        int clean = 0;
        while (clean < 2) {
            List<Marked> alive = find(MarkedProcesses.VARIABLE, folders);
            boolean guarded = false;
            if (alive.isEmpty()) {
                List<Marked> guardians = find(MarkedProcesses.GUARDIAN_VARIABLE, folders);
                guarded = !guardians.isEmpty();
                if (guarded && System.nanoTime() - start > GUARDIAN_PATIENCE_NANOS) {
                    guardians.forEach(LocalRemoval::kill);
                }
            }
            for (Marked one : alive) {
                ids.add(MarkedProcesses.idOf(one.mark()));
                kill(one);
            }
            clean = alive.isEmpty() && !guarded ? clean + 1 : 0;
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                alive.forEach(one -> left.add(stillRuns(one)));
                return interrupted;
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    private static List<Marked> find(String variable, Set<Path> folders) throws IOException {
        return MarkedProcesses.find(variable, mark -> folders.contains(MarkedProcesses.folderOf(mark)));
    }

    private static void kill(Marked one) {
        if (one.pid() != ProcessHandle.current().pid()) {
            ProcessHandle.of(one.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static LeftOver stillRuns(Marked one) {
        return new LeftOver(
                MarkedProcesses.folderOf(one.mark()).getFileName().toString(),
                "process " + one.pid(),
                "it did not end within " + PATIENCE.toSeconds() + " s of SIGKILL; it may hang in the kernel");
    }

    /** Renames first, so that a folder that is listed is whole. */
    private static void removeFolder(Path folder, List<LeftOver> left) {
        String node = folder.getFileName().toString();
        Path doomed = folder.resolveSibling(LocalCreation.partialName(".old-"));
        try {
            Files.move(folder, doomed);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            left.add(new LeftOver(node, folder.toString(), "cannot be removed: " + e));
            return;
        }
        removeTree(doomed, node, left);
    }

    private static void removeTree(Path folder, String node, List<LeftOver> left) {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            left.add(new LeftOver(node, folder.toString(), "cannot be removed: " + e + ". Remove it by hand."));
        }
    }

    private static List<Path> partials(Path clusterFolder) throws IOException {
        List<Path> partials = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(clusterFolder, ".*")) {
            for (Path child : children) {
                if (!LocalCreation.isInUse(child)) {
                    partials.add(child);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return partials;
    }
}
