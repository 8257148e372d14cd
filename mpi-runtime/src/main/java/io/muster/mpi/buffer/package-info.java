/** Typed access to the user's memory: primitive arrays and NIO buffers as ranges of bytes, and reductions over them. */
@NullMarked
package io.muster.mpi.buffer;

import org.jspecify.annotations.NullMarked;
