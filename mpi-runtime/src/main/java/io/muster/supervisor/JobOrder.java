package io.muster.supervisor;

import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import io.muster.launch.StandardInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything that a supervisor needs to run a job.
 *
 * @param jobId unique in the cluster; lower-case letters, digits, {@code -} and {@code .}, as it names a folder
 * @param program what every rank runs, in the work folder of the job on its node
 * @param nodes nodes of the job; those without ranks are not contacted
 * @param placements one a rank, in rank order from 0
 * @param environment variables for every rank, over what the agent's own environment gives
 * @param jvmOptions options for the JVM of Java programs, after Muster's own
 * @param library the message-passing library that it runs on
 * @param stdin what rank 0 reads
 * @param wallTime how long the job may take from its start; empty for no limit
 */
public record JobOrder(
        String jobId,
        Program program,
        List<JobNode> nodes,
        List<RankPlacement> placements,
        Map<String, String> environment,
        List<String> jvmOptions,
        MpiLibrary library,
        StandardInput stdin,
        Optional<Duration> wallTime) {
    private static final Pattern JOB_ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

    public JobOrder {
        checkJobId(jobId);
        nodes = List.copyOf(nodes);
        placements = List.copyOf(placements);
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
        if (placements.isEmpty()) {
            throw new IllegalArgumentException("job " + jobId + " has no ranks");
        }
        for (int rank = 0; rank < placements.size(); rank++) {
            RankPlacement placement = placements.get(rank);
            if (placement.rank() != rank || placement.nodeIndex() < 0 || placement.nodeIndex() >= nodes.size()) {
                throw new IllegalArgumentException("job " + jobId + ": " + placement + " stands at place " + rank
                        + " of the placements, with " + nodes.size() + " nodes");
            }
            boolean goesBack =
                    rank > 0 && placement.nodeIndex() < placements.get(rank - 1).nodeIndex();
            if (library.hasLauncher() && goesBack) {
                throw new IllegalArgumentException(
                        "job " + jobId + ": " + library.kind().title()
                                + " numbers its ranks node by node, but " + placement + " follows "
                                + placements.get(rank - 1));
            }
        }
    }

    /** Number of ranks. */
    public int size() {
        return placements.size();
    }

    /** The ranks of a node, in rank order. */
    public List<Integer> ranksOn(int nodeIndex) {
        return placements.stream()
                .filter(placement -> placement.nodeIndex() == nodeIndex)
                .map(RankPlacement::rank)
                .toList();
    }

    /** The node that runs the library's launcher, when it has one: that of rank 0. */
    public int launcherNode() {
        return placements.getFirst().nodeIndex();
    }

    /**
     * Refuses an id that could not name a folder.
     *
     * @throws IllegalArgumentException with what is allowed
     */
    public static String checkJobId(String jobId) {
        if (!JOB_ID.matcher(jobId).matches()) {
            throw new IllegalArgumentException(
                    "job id '" + jobId + "' is not made of lower-case letters, digits, - and ."
                            + " (first a letter or digit, at most 63)");
        }
        return jobId;
    }
}
