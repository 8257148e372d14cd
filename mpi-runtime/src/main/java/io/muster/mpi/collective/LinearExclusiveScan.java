package io.muster.mpi.collective;

/** As {@link LinearScan}, but each rank keeps what those before it made, and passes on that and its own. */
final class LinearExclusiveScan {
    private LinearExclusiveScan() {}

    /** {@code inOut} holds this rank's operand, and the result of the ranks before this one; rank 0 has none. */
    static void run(Team team, Folding folding, Object inOut, int at, int count) {
        long bytes = (long) count * folding.elementBytes();
        long offset = (long) at * folding.elementBytes();
        boolean last = team.rank() == team.size() - 1;
        if (team.rank() == 0) {
            if (!last) {
                team.send(inOut, offset, bytes, 1);
            }
            return;
        }
        Object before = team.scratch(folding, count);
        team.receive(before, 0, bytes, team.rank() - 1);
        if (!last) {
            folding.reduction().apply(before, 0, inOut, at, count);
            team.send(inOut, offset, bytes, team.rank() + 1);
        }
        System.arraycopy(before, 0, inOut, at, count);
    }
}
