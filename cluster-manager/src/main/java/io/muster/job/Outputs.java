package io.muster.job;

import io.muster.agent.AgentException;
import io.muster.agent.FoundFile;
import io.muster.cluster.ClusterContext;
import io.muster.cluster.NodeLink;
import io.muster.cluster.NodeLinks;
import io.muster.provider.ProviderException;
import io.muster.spec.SubmittedJob;
import io.muster.state.StoredCluster;
import io.muster.state.StoredJob;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a job left on its nodes. A file that several nodes have with different content comes back once under its own
 * name, from the first node, and from the others with {@code .node} behind it.
 */
final class Outputs {
    private static final Duration LINK_DEADLINE = Duration.ofSeconds(20);
    private static final String LIST = "outputs";

    private final ClusterContext context;
    private final StoredJob job;
    private final SubmittedJob submitted;

    Outputs(ClusterContext context, StoredJob job) {
        this.context = context;
        this.job = job;
        this.submitted = SubmittedJob.fromJson(job.specJson());
    }

    /** The files that an earlier fetch brought and that are still there. */
    List<Path> present() throws IOException {
        Path list = list();
        return Files.exists(list)
                ? Files.readAllLines(list).stream()
                        .map(Path::of)
                        .filter(Files::exists)
                        .toList()
                : List.of();
    }

    /** Brings the files back, then removes the job from every node that can be reached. */
    List<Path> fetch() throws IOException, InterruptedException, ProviderException {
        StoredCluster cluster = context.store().clusters().find(job.cluster()).orElseThrow();
        if (cluster.destroyedAt().isPresent()) {
            return List.of();
        }
        NodeLinks links = new NodeLinks(context, cluster);
        Map<String, String> seen = new HashMap<>();
        TreeSet<Path> files = new TreeSet<>();
        for (NodeLinks.Member member : links.members()) {
            if (submitted.nodes().contains(member.name())) {
                try (NodeLink link = links.open(member, LINK_DEADLINE)) {
                    files.addAll(fetchFrom(link, seen));
                    link.agent().remove(job.id().toString());
                }
            }
        }
        Files.write(list(), files.stream().map(Path::toString).toList());
        return List.copyOf(files);
    }

    private List<Path> fetchFrom(NodeLink link, Map<String, String> seen) throws IOException {
        if (submitted.spec().outputs().isEmpty()) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        for (FoundFile found : findFiles(link)) {
            String before = seen.putIfAbsent(found.relativePath(), found.sha256());
            if (before == null) {
                files.add(fetchFile(link, found, found.relativePath()));
            } else if (!before.equals(found.sha256())) {
                files.add(fetchFile(link, found, found.relativePath() + "." + link.node()));
            }
        }
        return files;
    }

    private List<FoundFile> findFiles(NodeLink link) throws IOException {
        try {
            return link.agent().findFiles(job.id().toString(), submitted.spec().outputs());
        } catch (AgentException e) {
            if (e.kind() == AgentException.Kind.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    private Path fetchFile(NodeLink link, FoundFile found, String relative) throws IOException {
        Path target = Path.of(submitted.folder()).resolve(relative).normalize();
        if (!target.startsWith(submitted.folder())) {
            throw new IOException("node " + link.node() + " offers a file outside of the folder: " + relative);
        }
        Files.createDirectories(target.getParent());
        Path part = target.resolveSibling(target.getFileName() + ".part-" + job.id());
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                link.agent().fetch(job.id().toString(), found.relativePath(), out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        return target;
    }

    private Path list() {
        return context.home().job(job.id().toString()).resolve(LIST);
    }
}
