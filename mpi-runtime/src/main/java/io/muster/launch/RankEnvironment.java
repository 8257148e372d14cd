package io.muster.launch;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a rank learns from its launcher: the only contract between the two. It travels as environment
 * variables, so that a rank may be any program; the job secret stays in a file that only the user can read.
 *
 * @param jobId the job's id, unique in its cluster
 * @param rank rank in the job's world, from 0
 * @param size number of ranks in the job
 * @param localRank index among the ranks of this job on this node, from 0
 * @param localSize number of ranks of this job on this node
 * @param nodeIndex index of this node in the job, from 0
 * @param nodeCount number of nodes in the job
 * @param nodeName name of this node
 * @param nodeAddress IP address of this node that the other nodes of the job reach
 * @param wireUpPort loopback port of the launcher's wire-up server on this node
 * @param secretFile file with the job secret, mode 0600
 * @param sharedFolder folder in shared memory that the launcher made for the job on this node and removes after it,
 *     whatever happens; mode 0700
 */
public record RankEnvironment(
        String jobId,
        int rank,
        int size,
        int localRank,
        int localSize,
        int nodeIndex,
        int nodeCount,
        String nodeName,
        String nodeAddress,
        int wireUpPort,
        Path secretFile,
        Path sharedFolder) {

    /** The variable that tells whether a process is a rank. */
    public static final String RANK = "MUSTER_RANK";

    private static final String JOB_ID = "MUSTER_JOB_ID";
    private static final String SIZE = "MUSTER_SIZE";
    private static final String LOCAL_RANK = "MUSTER_LOCAL_RANK";
    private static final String LOCAL_SIZE = "MUSTER_LOCAL_SIZE";
    private static final String NODE_INDEX = "MUSTER_NODE_INDEX";
    private static final String NODE_COUNT = "MUSTER_NODE_COUNT";
    private static final String NODE_NAME = "MUSTER_NODE_NAME";
    private static final String NODE_ADDRESS = "MUSTER_NODE_ADDRESS";
    private static final String WIRE_UP_PORT = "MUSTER_WIREUP_PORT";
    private static final String SECRET_FILE = "MUSTER_SECRET_FILE";
    private static final String SHARED_FOLDER = "MUSTER_SHARED_FOLDER";

    public RankEnvironment {
        if (size < 1 || rank < 0 || rank >= size) {
            throw new IllegalArgumentException("rank " + rank + " of " + size);
        }
        if (localSize < 1 || localRank < 0 || localRank >= localSize) {
            throw new IllegalArgumentException("local rank " + localRank + " of " + localSize);
        }
        if (nodeCount < 1 || nodeIndex < 0 || nodeIndex >= nodeCount) {
            throw new IllegalArgumentException("node " + nodeIndex + " of " + nodeCount);
        }
    }

    /** The environment variables that carry this record. */
    public Map<String, String> toVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(JOB_ID, jobId);
        variables.put(RANK, Integer.toString(rank));
        variables.put(SIZE, Integer.toString(size));
        variables.put(LOCAL_RANK, Integer.toString(localRank));
        variables.put(LOCAL_SIZE, Integer.toString(localSize));
        variables.put(NODE_INDEX, Integer.toString(nodeIndex));
        variables.put(NODE_COUNT, Integer.toString(nodeCount));
        variables.put(NODE_NAME, nodeName);
        variables.put(NODE_ADDRESS, nodeAddress);
        variables.put(WIRE_UP_PORT, Integer.toString(wireUpPort));
        variables.put(SECRET_FILE, secretFile.toString());
        variables.put(SHARED_FOLDER, sharedFolder.toString());
        return variables;
    }

    /** What is the same for all ranks of a node, whatever library they run on. */
    public Map<String, String> toNodeVariables() {
        Map<String, String> variables = toVariables();
        variables.keySet().removeAll(Set.of(RANK, LOCAL_RANK, WIRE_UP_PORT, SECRET_FILE));
        return variables;
    }

    /**
     * Reads the record back.
     *
     * @return empty when {@link #RANK} is not set: the process was started by hand and is a world of one
     * @throws IllegalArgumentException when a variable is missing or wrong; the message names it
     */
    public static Optional<RankEnvironment> fromVariables(Map<String, String> variables) {
        if (!variables.containsKey(RANK)) {
            return Optional.empty();
        }
        return Optional.of(new RankEnvironment(
                text(variables, JOB_ID),
                number(variables, RANK),
                number(variables, SIZE),
                number(variables, LOCAL_RANK),
                number(variables, LOCAL_SIZE),
                number(variables, NODE_INDEX),
                number(variables, NODE_COUNT),
                text(variables, NODE_NAME),
                text(variables, NODE_ADDRESS),
                number(variables, WIRE_UP_PORT),
                Path.of(text(variables, SECRET_FILE)),
                Path.of(text(variables, SHARED_FOLDER))));
    }

    private static String text(Map<String, String> variables, String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    name + " is not set, but " + RANK + " is: start ranks with muster run or muster mpirun");
        }
        return value;
    }

    private static int number(Map<String, String> variables, String name) {
        String value = text(variables, name);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + value + "', not a number", e);
        }
    }
}
