package io.muster.mpi.collective;

/**
 * In round k the ranks that differ in bit k exchange all they have. Ranks beyond the largest power of two hand their
 * operand to a partner first and get the result last. For short messages and operations that commute.
 */
final class RecursiveDoublingAllreduce {
    private RecursiveDoublingAllreduce() {}

    static void run(Team team, Folding folding, Object inOut, int at, int count) {
        int power = Integer.highestOneBit(team.size());
        int rank = team.rank();
        int extra = team.size() - power;
        long bytes = (long) count * folding.elementBytes();
        long offset = (long) at * folding.elementBytes();
        if (rank >= power) {
            team.send(inOut, offset, bytes, rank - power);
            team.receive(inOut, offset, bytes, rank - power);
            return;
        }
        Object received = team.scratch(folding, count);
        if (rank < extra) {
            team.receive(received, 0, bytes, rank + power);
            folding.reduction().apply(received, 0, inOut, at, count);
        }
        for (int mask = 1; mask < power; mask *= 2) {
            int partner = rank ^ mask;
            team.exchange(inOut, offset, bytes, partner, received, 0, bytes, partner);
            folding.reduction().apply(received, 0, inOut, at, count);
        }
        if (rank < extra) {
            team.send(inOut, offset, bytes, rank + power);
        }
    }
}
