/** Moves frames between two ranks in order: rings in shared memory, TCP connections, and the loop to oneself. */
@NullMarked
package io.muster.mpi.transport;

import org.jspecify.annotations.NullMarked;
