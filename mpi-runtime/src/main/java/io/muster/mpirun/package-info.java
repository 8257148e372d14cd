/** Ranks on this machine alone, with no cluster: the same rank host, wire-up and decisions as on nodes. */
@NullMarked
package io.muster.mpirun;

import org.jspecify.annotations.NullMarked;
