package io.muster.job;

import io.muster.agent.AgentException;
import io.muster.agent.FoundFile;
import io.muster.cluster.ClusterContext;
import io.muster.cluster.NodeLink;
import io.muster.cluster.NodeLinks;
import io.muster.provider.ProviderException;
import io.muster.spec.SubmittedJob;
import io.muster.state.StoredJob;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

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
        return fetched().present();
    }

    /** Brings the files back; the nodes keep theirs, so that a fetch that breaks off can be made again. */
    List<Path> fetch() throws IOException, InterruptedException, ProviderException {
        FetchedFiles fetched = fetched();
        NodeLinks links = links();
        for (NodeLinks.Member member : members(links)) {
            try (NodeLink link = links.open(member, LINK_DEADLINE)) {
                fetchFrom(link, fetched);
            }
        }
        return fetched.present();
    }

    /** Removes the job from every node that can be reached; the rest goes with the cluster. */
    void removeFromNodes() throws ProviderException {
        NodeLinks links = links();
        new Withdrawal(context, links, job).removeFrom(members(links));
    }

    private NodeLinks links() {
        return new NodeLinks(
                context, context.store().clusters().find(job.cluster()).orElseThrow());
    }

    private List<NodeLinks.Member> members(NodeLinks links) throws ProviderException {
        boolean stands = context.store()
                .clusters()
                .find(job.cluster())
                .orElseThrow()
                .destroyedAt()
                .isEmpty();
        return stands
                ? links.members().stream()
                        .filter(member -> submitted.nodes().contains(member.name()))
                        .toList()
                : List.of();
    }

    private void fetchFrom(NodeLink link, FetchedFiles fetched) throws IOException {
        if (submitted.spec().outputs().isEmpty()) {
            return;
        }
        for (FoundFile found : findFiles(link)) {
            String name = fetched.nameFor(found.relativePath(), found.sha256(), link.node());
            if (!fetched.has(name, found.sha256())) {
                fetchFile(link, found, name);
                fetched.add(name, found.sha256());
            }
        }
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

    private void fetchFile(NodeLink link, FoundFile found, String relative) throws IOException {
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
    }

    private FetchedFiles fetched() throws IOException {
        return FetchedFiles.in(context.home().job(job.id().toString()).resolve(LIST), Path.of(submitted.folder()));
    }
}
