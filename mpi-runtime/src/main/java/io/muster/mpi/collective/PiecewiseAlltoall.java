package io.muster.mpi.collective;

import io.muster.mpi.buffer.Memory;

/** As {@link PairwiseAlltoall}, with a piece for each rank that may lie in a base of its own. */
final class PiecewiseAlltoall {
    private PiecewiseAlltoall() {}

    static void run(Team team, Piece[] out, Piece[] in) {
        int size = team.size();
        int me = team.rank();
        team.checkBytes(out[me].bytes(), in[me].bytes());
        Memory.copy(out[me].base(), out[me].offset(), in[me].base(), in[me].offset(), out[me].bytes());
        for (int step = 1; step < size; step++) {
            int to = (me + step) % size;
            int from = (me - step + size) % size;
            team.exchange(
                    out[to].base(),
                    out[to].offset(),
                    out[to].bytes(),
                    to,
                    in[from].base(),
                    in[from].offset(),
                    in[from].bytes(),
                    from);
        }
    }
}
