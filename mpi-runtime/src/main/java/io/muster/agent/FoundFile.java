package io.muster.agent;

/**
 * A file in a job's work folder on a node.
 *
 * @param relativePath below the work folder, with {@code /}
 * @param sha256 of its content, in lower-case hex
 * @param executable whether the node's user may execute it
 */
public record FoundFile(String relativePath, long sizeBytes, String sha256, boolean executable) {}
