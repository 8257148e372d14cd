/** One rank's engine: requests, matching, protocols (eager, rendezvous), progress, waiting, communicators. */
@NullMarked
package io.muster.mpi.engine;

import org.jspecify.annotations.NullMarked;
