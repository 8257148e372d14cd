package io.muster.host;

import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import io.muster.launch.StandardInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a rank host needs to run its part of a job.
 *
 * @param ranks ranks of this node, in rank order
 * @param size number of ranks of the job
 * @param nodeAddress IP address of this node that the other nodes of the job reach
 * @param environment variables over those of the launcher
 * @param jvmOptions options for the JVM of Java programs, after Muster's own
 * @param library the message-passing library of the job
 * @param launchHosts all nodes of the job in rank order, on the one that runs the library's launcher; else empty
 * @param stdin what rank 0 reads, if it is here
 * @param secret secret of the job, by which ranks and launcher know each other
 * @param spawned what the ranks run and who their parents are, when ranks have spawned them
 */
@SuppressWarnings("ArrayRecordComponent") // a secret that nobody compares
public record RankHostOrder(
        String jobId,
        Program program,
        List<Integer> ranks,
        int size,
        int nodeIndex,
        int nodeCount,
        String nodeName,
        String nodeAddress,
        Map<String, String> environment,
        List<String> jvmOptions,
        MpiLibrary library,
        List<LaunchHost> launchHosts,
        StandardInput stdin,
        byte[] secret,
        Optional<SpawnedWorld> spawned) {
    public RankHostOrder {
        ranks = List.copyOf(ranks);
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
        launchHosts = List.copyOf(launchHosts);
    }
}
