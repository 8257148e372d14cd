/** The agent of a node: who it is, files of jobs, jobs on the head node, ranks for a supervisor; and its client. */
@NullMarked
package io.muster.agent;

import org.jspecify.annotations.NullMarked;
