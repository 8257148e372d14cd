package io.muster.mpi.collective;

/** A tree: each round half of the ranks hand their sum to another. For operations that commute. */
final class BinomialReduce {
    private BinomialReduce() {}

    /** {@code inOut} holds this rank's operand, is used up, and holds the result at the root. */
    static void run(Team team, Folding folding, Object inOut, int at, int count, int root) {
        int size = team.size();
        int relative = (team.rank() - root + size) % size;
        long bytes = (long) count * folding.elementBytes();
        long offset = (long) at * folding.elementBytes();
        for (int mask = 1; mask < size; mask *= 2) {
            if ((relative & mask) != 0) {
                team.send(inOut, offset, bytes, (relative - mask + root) % size);
                return;
            }
            if (relative + mask < size) {
                Object received = team.scratch(folding, count);
                team.receive(received, 0, bytes, (relative + mask + root) % size);
                folding.reduction().apply(received, 0, inOut, at, count);
            }
        }
    }
}
