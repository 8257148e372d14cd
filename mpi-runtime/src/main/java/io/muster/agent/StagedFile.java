package io.muster.agent;

import java.nio.file.Path;

/**
 * A file to bring to a job's work folder on a node.
 *
 * @param local the file on this machine
 * @param relativePath where it goes, below the work folder, with {@code /}
 * @param executable whether the user may execute it there
 */
public record StagedFile(Path local, String relativePath, boolean executable) {}
