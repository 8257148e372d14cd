/**
 * Commands that run in a process which is there already. Starting a JVM and loading what a command needs takes longer
 * than most commands; the process that keeps connections to nodes runs them too, for as long as it lives. The command
 * that the user typed then only passes on words and environment, prints what comes back, and ends with its exit code.
 */
@NullMarked
package io.muster.cli.resident;

import org.jspecify.annotations.NullMarked;
