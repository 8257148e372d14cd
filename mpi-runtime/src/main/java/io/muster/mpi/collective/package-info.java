/** Collective algorithms over messages, one a file, chosen by a pure table of size, ranks and topology. */
@NullMarked
package io.muster.mpi.collective;

import org.jspecify.annotations.NullMarked;
