package io.muster.agent;

import java.util.List;

/**
 * What an agent says of itself and its node.
 *
 * @param memoryBytes physical memory of the node
 * @param loadAverage of the last minute
 * @param runningJobs ids of jobs whose supervisor or ranks run here
 * @param members nodes of the cluster that this agent was told of
 */
public record AgentDescription(
        String cluster,
        String node,
        String version,
        long pid,
        int port,
        long startedAtMillis,
        long nowMillis,
        int cores,
        long memoryBytes,
        double loadAverage,
        List<String> runningJobs,
        List<Member> members) {
    /** How long the agent has been running. */
    public long uptimeMillis() {
        return nowMillis - startedAtMillis;
    }
}
