package io.muster.job;

import io.muster.agent.AgentException;
import io.muster.agent.FoundFile;
import io.muster.cluster.ClusterContext;
import io.muster.cluster.NodeLink;
import io.muster.cluster.NodeLinks;
import io.muster.launch.DurableFile;
import io.muster.provider.ProviderException;
import io.muster.spec.SubmittedJob;
import io.muster.state.StoredJob;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    /**
     * What a fetch brought.
     *
     * @param files that are there now, also those of an earlier fetch
     * @param failures why the files of a node could not be fetched, a sentence a node
     */
    record Fetched(List<Path> files, List<String> failures) {}

    /**
     * Brings the files back, from each node by itself; the nodes keep theirs, so that a fetch that breaks off can be
     * made again. What came back is on disk when this returns.
     *
     * @param silent nodes that are not asked, and why
     */
    Fetched fetch(Map<String, String> silent) throws IOException, InterruptedException, ProviderException {
        FetchedFiles fetched = fetched();
        List<String> failures = new ArrayList<>();
        if (!submitted.spec().outputs().isEmpty()) {
            NodeLinks links = links();
            for (NodeLinks.Member member : members(links)) {
                if (silent.containsKey(member.name())) {
                    failures.add("node " + member.name() + ": " + silent.get(member.name()));
                    continue;
                }
                try (NodeLink link = links.open(member, LINK_DEADLINE)) {
                    fetchFrom(link, fetched);
                } catch (IOException e) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new InterruptedException("interrupted while outputs were fetched");
                    }
                    failures.add("node " + member.name() + ": " + e.getMessage());
                }
            }
        }
        return new Fetched(fetched.present(), failures);
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
        OutputNames names =
                new OutputNames(Path.of(submitted.folder()), submitted.spec().outputs());
        for (FoundFile found : findFiles(link)) {
            names.check(found.relativePath());
            String name = fetched.nameFor(found.relativePath(), found.sha256(), link.node());
            if (!fetched.has(name, found.sha256())) {
                fetchFile(link, found, names.place(name));
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

    private void fetchFile(NodeLink link, FoundFile found, Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part-" + job.id());
        Files.deleteIfExists(part);
        try {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                link.agent().fetch(job.id().toString(), found, out);
                channel.force(true);
            }
            DurableFile.move(part, target);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private FetchedFiles fetched() throws IOException {
        return FetchedFiles.in(context.home().job(job.id().toString()).resolve(LIST), Path.of(submitted.folder()));
    }
}
