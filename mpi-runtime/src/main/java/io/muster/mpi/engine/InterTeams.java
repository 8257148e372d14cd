package io.muster.mpi.engine;

import io.muster.mpi.collective.Collectives;
import io.muster.mpi.collective.Team;

/**
 * What one collective operation over two groups is made of.
 *
 * @param remote the ranks of the other group, with this rank's number in its own
 * @param local the operations within this rank's own group
 */
public record InterTeams(Team remote, Collectives local) {}
