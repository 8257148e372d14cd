/**
 * The heat equation on a plate of any shape, cut in two dimensions over the ranks.
 * Numbers ({@code Plate}, {@code Tile}, {@code Solver}) know no MPI; {@code CartesianRanks} is the one door to it.
 */
@NullMarked
package io.muster.examples.heat;

import org.jspecify.annotations.NullMarked;
