package io.muster.mpi.collective;

/** Each rank gets what those before it make together, adds its own, and passes it on. */
final class LinearScan {
    private LinearScan() {}

    /** {@code inOut} holds this rank's operand, and the result of ranks 0 to this one afterwards. */
    static void run(Team team, Folding folding, Object inOut, int at, int count) {
        long bytes = (long) count * folding.elementBytes();
        if (team.rank() > 0) {
            Object before = team.scratch(folding, count);
            team.receive(before, 0, bytes, team.rank() - 1);
            folding.reduction().apply(before, 0, inOut, at, count);
        }
        if (team.rank() < team.size() - 1) {
            team.send(inOut, (long) at * folding.elementBytes(), bytes, team.rank() + 1);
        }
    }
}
