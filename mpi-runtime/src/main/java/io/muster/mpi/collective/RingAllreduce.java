package io.muster.mpi.collective;

/** Parts go round once, growing, and once more, complete: each link carries the data twice. For long messages. */
final class RingAllreduce {
    private RingAllreduce() {}

    static void run(Team team, Folding folding, Object inOut, int at, int count) {
        int size = team.size();
        int width = folding.elementBytes();
        Blocks parts = new Blocks.Cut((long) at * width, count / folding.width(), width * folding.width(), size);
        int right = (team.rank() + 1) % size;
        int left = (team.rank() - 1 + size) % size;
        Object received = team.scratch(folding, count / size + 2 * folding.width());
        for (int step = 0; step < size - 1; step++) {
            int out = (team.rank() - step - 1 + 2 * size) % size;
            int in = (team.rank() - step - 2 + 2 * size) % size;
            team.exchange(inOut, parts.offset(out), parts.bytes(out), right, received, 0, parts.bytes(in), left);
            folding.reduction()
                    .apply(received, 0, inOut, (int) (parts.offset(in) / width), (int) (parts.bytes(in) / width));
        }
        RingAllgather.run(team, inOut, parts);
    }
}
