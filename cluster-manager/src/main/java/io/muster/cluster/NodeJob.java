package io.muster.cluster;

import io.muster.agent.AgentClient;
import io.muster.agent.StagedFile;
import io.muster.launch.MpiLibrary;
import io.muster.launch.OutputStreamName;
import io.muster.launch.Program;
import io.muster.launch.StandardInput;
import io.muster.provider.ProviderException;
import io.muster.supervisor.JobEvent;
import io.muster.supervisor.JobNode;
import io.muster.supervisor.JobOrder;
import io.muster.supervisor.JobOutcome;
import io.muster.supervisor.RankPlacement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/** A small job of Muster's own with one rank on each of some nodes, run and waited for. */
public final class NodeJob {
    private static final Duration LINK_DEADLINE = Duration.ofSeconds(30);
    private static final Duration CLEAR_LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int MAX_KEPT = 64 << 10;

    private final NodeLinks links;
    private final List<NodeLinks.Member> members;

    /** Prepares jobs on all members of a cluster. */
    NodeJob(NodeLinks links) throws ProviderException {
        this(links, links.members());
    }

    /** Prepares jobs on some members of a cluster, at least one. */
    public NodeJob(NodeLinks links, List<NodeLinks.Member> members) {
        this.links = links;
        this.members = List.copyOf(members);
    }

    List<NodeLinks.Member> members() {
        return members;
    }

    /**
     * How it went.
     *
     * @param out standard output by name of the node, the last 64 KiB of each
     * @param err standard error of all, in the order in which it came, the last 64 KiB
     */
    public record Result(JobOutcome outcome, Map<String, String> out, String err) {}

    /**
     * Runs the program; blocks until its end, {@code limit} at most, and leaves nothing of it on the nodes, also when
     * it is interrupted.
     */
    public Result run(String name, Program program, MpiLibrary library, Map<String, String> environment, Duration limit)
            throws IOException, InterruptedException {
        return run(name, List.of(), program, library, environment, limit);
    }

    /** The same with files that every node gets first, one node after the other. */
    Result run(
            String name,
            List<StagedFile> files,
            Program program,
            MpiLibrary library,
            Map<String, String> environment,
            Duration limit)
            throws IOException, InterruptedException {
        String id = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        JobOrder order = new JobOrder(
                id,
                program,
                members.stream()
                        .map(node -> new JobNode(node.name(), node.address(), node.agentPort()))
                        .toList(),
                IntStream.range(0, members.size())
                        .mapToObj(rank -> new RankPlacement(rank, rank))
                        .toList(),
                environment,
                List.of(),
                library,
                StandardInput.NOTHING,
                Optional.of(limit));
        Heard heard = new Heard();
        try (NodeLink head = links.open(members.getFirst(), LINK_DEADLINE)) {
            stage(id, files);
            head.agent().submit(order);
            head.agent().follow(id, 0, entry -> heard.hear(entry.event()));
        } finally {
            clear(id);
        }
        return new Result(
                heard.outcome.orElseThrow(() -> new IOException("job " + id + " has no end")),
                heard.out(),
                heard.err.toString());
    }

    private void stage(String id, List<StagedFile> files) throws IOException, InterruptedException {
        if (!files.isEmpty()) {
            for (NodeLinks.Member member : members) {
                try (NodeLink node = links.open(member, LINK_DEADLINE)) {
                    node.agent().stage(id, files, bytes -> {});
                }
            }
        }
    }

    /** On a thread of its own, which an interrupt of the caller does not reach. */
    private void clear(String id) throws InterruptedException {
        Thread clearing = Thread.ofVirtual().name("clear-" + id).start(() -> {
            for (NodeLinks.Member member : members) {
                try (NodeLink node = links.open(member, LINK_DEADLINE)) {
                    end(id, node.agent());
                    node.agent().remove(id);
                } catch (IOException e) {
                    // What a node keeps of it goes with the node.
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        boolean interrupted = Thread.interrupted();
        try {
            clearing.join(CLEAR_LIMIT);
        } finally {
            clearing.interrupt();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Only the head node knows the job; on others it is never found. */
    private static void end(String id, AgentClient agent) throws IOException, InterruptedException {
        while (agent.jobs().stream()
                .anyMatch(job -> job.jobId().equals(id) && job.outcome().isEmpty())) {
            agent.cancel(id, "the command that waited for it was broken off");
            Thread.sleep(PAUSE);
        }
    }

    private final class Heard {
        private final Map<Integer, StringBuilder> out = new TreeMap<>();
        private final StringBuilder err = new StringBuilder();
        private Optional<JobOutcome> outcome = Optional.empty();

        void hear(JobEvent event) {
            switch (event) {
                case JobEvent.Output output -> {
                    StringBuilder to = output.stream() == OutputStreamName.STDOUT
                            ? out.computeIfAbsent(output.rank(), any -> new StringBuilder())
                            : err;
                    to.append(new String(output.bytes(), StandardCharsets.UTF_8));
                    to.delete(0, Math.max(0, to.length() - MAX_KEPT));
                }
                case JobEvent.Ended ended -> outcome = Optional.of(ended.outcome());
                case JobEvent.Started _, JobEvent.RankStarted _, JobEvent.RankExited _, JobEvent.NodeLost _ -> {}
            }
        }

        Map<String, String> out() {
            Map<String, String> byNode = new TreeMap<>();
            for (int rank = 0; rank < members.size(); rank++) {
                StringBuilder text = out.get(rank);
                byNode.put(members.get(rank).name(), text == null ? "" : text.toString());
            }
            return byNode;
        }
    }
}
