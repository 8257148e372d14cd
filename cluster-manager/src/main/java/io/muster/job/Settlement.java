package io.muster.job;

import io.muster.api.Counted;
import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.api.Progress;
import io.muster.api.Unsaved;
import io.muster.cluster.ClusterContext;
import io.muster.cluster.NodeLink;
import io.muster.cluster.NodeLinks;
import io.muster.provider.ProviderException;
import io.muster.spec.SubmittedJob;
import io.muster.state.Cause;
import io.muster.state.JobState;
import io.muster.state.StoredCluster;
import io.muster.state.StoredJob;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** The end of all jobs of a cluster that is to go down, with what they left brought to safety. For one thread. */
final class Settlement {
    private static final Duration LINK_DEADLINE = Duration.ofSeconds(10);

    private final ClusterContext context;
    private final JobService jobs;
    private final StoredCluster cluster;
    private final Unsaved unsaved;
    private final Consumer<Progress> progress;

    Settlement(
            ClusterContext context,
            JobService jobs,
            StoredCluster cluster,
            Unsaved unsaved,
            Consumer<Progress> progress) {
        this.context = context;
        this.jobs = jobs;
        this.cluster = cluster;
        this.unsaved = unsaved;
        this.progress = progress;
    }

    void run() throws Exception {
        List<StoredJob> open = context.store().jobs().of(cluster.id()).stream()
                .filter(Settlement::isOpen)
                .toList();
        if (open.isEmpty()) {
            return;
        }
        Map<String, String> silent = silentNodes(open);
        List<String> failures = new ArrayList<>();
        for (StoredJob job : open) {
            save(job, silent).ifPresent(why -> {
                String what = "job " + job.id() + ": " + why.what() + " (" + why.seen() + ")";
                if (unsaved == Unsaved.DISCARDED) {
                    progress.accept(new Progress.Note(what + "; it is given up"));
                    endUnsaved(job, why);
                } else {
                    failures.add(what);
                }
            });
        }
        if (!failures.isEmpty()) {
            throw new MusterException(
                    Kind.INFRASTRUCTURE,
                    "the results of " + Counted.of(failures.size(), "job")
                            + " could not be saved; nothing was destroyed",
                    "cluster " + cluster.name(),
                    String.join("\n         ", failures),
                    "repair the nodes with muster up and the sizing file and try again, or give these results up:"
                            + " muster down " + cluster.name() + " --discard");
        }
    }

    /** Whether it runs, as far as is known, or has left something on nodes. */
    private static boolean isOpen(StoredJob job) {
        boolean mayHaveLeft =
                !SubmittedJob.fromJson(job.specJson()).spec().outputs().isEmpty();
        return !job.state().isEnd() || (mayHaveLeft && !job.outputsFetched());
    }

    /** The nodes of these jobs whose agents do not answer, also after they were started again, and why. */
    private Map<String, String> silentNodes(List<StoredJob> open) throws Exception {
        Set<String> needed = new HashSet<>();
        open.forEach(job -> needed.addAll(SubmittedJob.fromJson(job.specJson()).nodes()));
        NodeLinks links = new NodeLinks(context, cluster);
        List<Callable<Optional<Silent>>> asked = members(links, needed).stream()
                .<Callable<Optional<Silent>>>map(member -> () -> ask(links, member))
                .toList();
        Map<String, String> silent = new TreeMap<>();
        FanOut.all(asked, answer -> answer.ifPresent(one -> silent.put(one.node(), one.why())));
        return silent;
    }

    private static List<NodeLinks.Member> members(NodeLinks links, Set<String> needed) throws ProviderException {
        return links.members().stream()
                .filter(member -> needed.contains(member.name()))
                .toList();
    }

    private record Silent(String node, String why) {}

    private Optional<Silent> ask(NodeLinks links, NodeLinks.Member member) throws InterruptedException {
        try (NodeLink _ = links.open(member, LINK_DEADLINE)) {
            return Optional.empty();
        } catch (IOException silent) {
            if (unsaved == Unsaved.DISCARDED) {
                return Optional.of(new Silent(member.name(), String.valueOf(silent.getMessage())));
            }
        }
        try {
            links.revive(member, LINK_DEADLINE);
            progress.accept(new Progress.Note("the agent of node " + member.name() + " was gone and runs again"));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Silent(member.name(), String.valueOf(e.getMessage())));
        }
    }

    /** Why the job could not be saved; empty when it was. */
    private Optional<MusterException> save(StoredJob job, Map<String, String> silent) {
        String id = job.id().toString();
        String head = SubmittedJob.fromJson(job.specJson()).nodes().getFirst();
        try {
            if (!job.state().isEnd() && silent.containsKey(head)) {
                throw new MusterException(
                        Kind.INFRASTRUCTURE,
                        "its end is not known",
                        "job " + id,
                        "head node " + head + ": " + silent.get(head),
                        "muster up repairs the node");
            }
            boolean ended = job.state().isEnd() || jobs.cancel(id).state().isEnd();
            if (ended && !job.outputsFetched()) {
                jobs.collect(id, silent, step -> {});
            }
            return Optional.empty();
        } catch (MusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    private void endUnsaved(StoredJob job, MusterException why) {
        context.store().change(state -> {
            if (!state.jobs().find(job.id()).orElseThrow().state().isEnd()) {
                state.jobs()
                        .end(
                                job.id(),
                                JobState.LOST,
                                OptionalInt.of(Kind.INFRASTRUCTURE.exitCode()),
                                Cause.of("the cluster went down: " + why.seen()));
            }
        });
    }
}
