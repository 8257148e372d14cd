package io.muster.provider.local;

import io.muster.provider.FailureKind;
import io.muster.provider.LeftOver;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeRequest;
import io.muster.provider.NodeState;
import io.muster.provider.ProvidedNode;
import io.muster.provider.local.LocalInventory.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Creates one local node: intent, process, waiting until it listens, and undoing it when it does not. */
final class LocalCreation {
    private static final long LOOK_EVERY_MILLIS = 5;
    private static final int LOG_TAIL_LINES = 3;

    /** Folders that this process works on now, whichever instance does. */
    private static final Set<Path> UNDER_WORK = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final JavaLaunch launch;
    private final LocalOptions options;
    private final LocalInventory inventory;
    private final LocalRemoval removal;

    LocalCreation(Path root, JavaLaunch launch, LocalOptions options, LocalInventory inventory, LocalRemoval removal) {
        this.root = root;
        this.launch = launch;
        this.options = options;
        this.inventory = inventory;
        this.removal = removal;
    }

    /** Name of a folder that is being made or removed, and by whom. */
    static String partialName(String prefix) {
        return prefix + ProcessId.ofThisProcess() + "-" + UUID.randomUUID();
    }

    /** Whether the process that makes or removes the folder is alive. */
    static boolean isInUse(Path partial) {
        String[] parts = partial.getFileName().toString().split("-");
        try {
            return parts.length > 2 && ProcessId.parse(parts[1]).isAlive();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Creates a node.
     *
     * @param shared the start of the process for all nodes of this call
     */
    NodeOutcome create(NodeRequest request, SharedStart<Process> shared) {
        long start = System.nanoTime();
        Path folder = root.resolve(request.cluster()).resolve(request.name());
        if (!UNDER_WORK.add(folder)) {
            shared.without();
            return failed(request, FailureKind.EXISTS, "it is being created already by this process");
        }
        try {
            Optional<NodeOutcome> decided;
            Optional<String> made = Optional.empty();
            try {
                decided = adoptOrClear(request, start);
                if (decided.isEmpty()) {
                    made = Optional.of(writeIntent(request, folder));
                }
            } finally {
                if (made.isEmpty()) {
                    shared.without();
                }
            }
            return decided.isPresent() ? decided.get() : serve(request, made.orElseThrow(), shared, start);
        } catch (InterruptedException e) {
            return undo(request, FailureKind.CANCELLED, "interrupted before it was ready", Interrupt.YES);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                return undo(request, FailureKind.CANCELLED, "interrupted before it was ready", Interrupt.YES);
            }
            String reason = "its folder " + folder + " cannot be made: " + e
                    + ". Make room or give another folder with MUSTER_HOME.";
            return undo(request, FailureKind.PERMANENT, reason, Interrupt.NO);
        } finally {
            UNDER_WORK.remove(folder);
        }
    }

    /** What exists under the name already decides, or is removed when it is of no use. */
    private Optional<NodeOutcome> adoptOrClear(NodeRequest request, long start)
            throws IOException, InterruptedException {
        Optional<Found> existing = inventory.node(request.cluster(), request.name());
        if (existing.isEmpty()) {
            return Optional.empty();
        }
        Optional<NodeTags> tags = existing.get().tags();
        boolean sameKeys = tags.isPresent()
                && tags.get().hostPublicKey().equals(request.hostKey().publicKey())
                && tags.get().authorizedKey().equals(request.authorizedKey());
        switch (existing.get().node().state()) {
            case NodeState.Running _ -> {
                return Optional.of(
                        sameKeys
                                ? created(existing.get().node(), start)
                                : failed(
                                        request,
                                        FailureKind.EXISTS,
                                        "it runs already with other keys. Destroy it first: muster down "
                                                + request.cluster()));
            }
            case NodeState.Starting _ -> {
                ProcessId creator = tags.orElseThrow().creator();
                if (!creator.equals(ProcessId.ofThisProcess()) && creator.isAlive()) {
                    return Optional.of(failed(
                            request,
                            FailureKind.EXISTS,
                            "process " + creator.pid() + " is creating it. Wait for that process or end it."));
                }
                if (sameKeys) {
                    Optional<ProvidedNode> ready = await(request, () -> true);
                    if (ready.isPresent()) {
                        return Optional.of(created(ready.get(), start));
                    }
                }
            }
            case NodeState.Stopped _ -> {}
        }
        List<LeftOver> left = removal.destroy(request.cluster(), List.of(request.name()));
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(failed(request, FailureKind.PERMANENT, "what was left of it cannot be removed: " + left));
    }

    /** Makes the folder of the node; answers its mark. */
    private String writeIntent(NodeRequest request, Path folder) throws IOException {
        NodeTags tags = new NodeTags(
                request.cluster(),
                request.name(),
                request.index(),
                request.slots(),
                UUID.randomUUID().toString(),
                options.basePort() == 0 ? 0 : options.basePort() + request.index(),
                request.hostKey().publicKey(),
                request.authorizedKey(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                ProcessId.ofThisProcess());
        Files.createDirectories(
                folder.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path partial = folder.resolveSibling(partialName(".new-"));
        Files.createDirectory(
                partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            new NodeFolder(partial).fill(tags, request.hostKey().privateKey());
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
            return MarkedProcesses.mark(folder, tags.id());
        } catch (IOException e) {
            FolderTree.delete(partial);
            throw e;
        }
    }

    private NodeOutcome serve(NodeRequest request, String mark, SharedStart<Process> shared, long start)
            throws IOException, InterruptedException {
        NodeFolder node = new NodeFolder(MarkedProcesses.folderOf(mark));
        Process process = shared.with(mark);
        Optional<ProvidedNode> ready = await(request, process::isAlive);
        if (ready.isPresent()) {
            return created(ready.get(), start);
        }
        Optional<String> failure = node.failure();
        if (failure.isPresent()) {
            return undo(request, FailureKind.PERMANENT, failure.get(), Interrupt.NO);
        }
        String seen = process.isAlive()
                ? "it does not listen after " + options.startTimeout().toSeconds() + " s"
                : "the process that serves it ended with " + process.exitValue();
        return undo(request, FailureKind.PERMANENT, seen + logTail(node), Interrupt.NO);
    }

    /** Starts the process that serves nodes; what it says goes to the log of the first. */
    Process start(List<String> marks) throws IOException {
        NodeFolder first = new NodeFolder(MarkedProcesses.folderOf(marks.getFirst()));
        List<String> command = new ArrayList<>();
        // a session of its own: no terminal of the manager can hang it up or interrupt it
        command.add("setsid");
        command.add(launch.javaExecutable().toString());
        command.addAll(NodeJvm.options(first.path(), marks.size()));
        command.addAll(launch.jvmOptions());
        command.addAll(List.of("-cp", launch.classPath(), NodeHost.class.getName()));
        command.addAll(marks);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(Path.of("/").toFile());
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.put("PATH", NodeEnvironment.PATH);
        variables.put("LANG", "C.UTF-8");
        variables.put(NodeHosts.VARIABLE, root.toString());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(first.log().toFile()));
        return builder.start();
    }

    private Optional<ProvidedNode> await(NodeRequest request, Alive alive) throws IOException, InterruptedException {
        NodeFolder folder = new NodeFolder(root.resolve(request.cluster()).resolve(request.name()));
        long start = System.nanoTime();
        while (System.nanoTime() - start < options.startTimeout().toNanos()) {
            boolean mayCome = alive.check();
            if (folder.listening().isPresent()) {
                return inventory
                        .node(request.cluster(), request.name())
                        .map(Found::node)
                        .filter(ProvidedNode::isRunning);
            }
            if (!mayCome || folder.failure().isPresent()) {
                break;
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        return Optional.empty();
    }

    private NodeOutcome undo(NodeRequest request, FailureKind kind, String reason, Interrupt interrupt) {
        Thread.interrupted();
        List<LeftOver> left = removal.destroy(request.cluster(), List.of(request.name()));
        if (interrupt == Interrupt.YES) {
            Thread.currentThread().interrupt();
        }
        return failed(request, kind, left.isEmpty() ? reason : reason + " Left of it: " + left);
    }

    private static NodeOutcome created(ProvidedNode node, long start) {
        return new NodeOutcome.Created(node, Duration.ofNanos(System.nanoTime() - start));
    }

    private static NodeOutcome failed(NodeRequest request, FailureKind kind, String reason) {
        return new NodeOutcome.Failed(
                request.name(), kind, "node " + request.name() + " of cluster " + request.cluster() + ": " + reason);
    }

    private static String logTail(NodeFolder folder) {
        try {
            List<String> lines = Files.readAllLines(folder.log());
            List<String> tail = lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size());
            return tail.isEmpty() ? " and said nothing." : " and said: " + String.join(" / ", tail);
        } catch (IOException e) {
            return ", and its log cannot be read: " + e;
        }
    }

    private enum Interrupt {
        YES,
        NO
    }

    @FunctionalInterface
    private interface Alive {
        boolean check();
    }
}
