package mpi;

import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Operator;
import io.muster.mpi.collective.Blocks;
import io.muster.mpi.collective.Folding;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Engine;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes communicators out of a communicator; all of its ranks take part. */
final class Splitting {
    private static final Folding LEAST = new Folding(Operator.MIN.on(ElementType.INT), ElementType.INT, 1, true);

    private Splitting() {}

    static Communicator duplicate(Communicator of) {
        return new Communicator(of.engine(), of.topology(), agreeOnId(of), of.worldRanks());
    }

    /** Null when this rank's colour is {@code MPI.UNDEFINED}. */
    static @Nullable Communicator split(Communicator of, int color, int key) {
        int size = of.size();
        int[] choices = new int[2 * size];
        choices[2 * of.rank()] = color;
        choices[2 * of.rank() + 1] = key;
        of.collective().allgather(choices, new Blocks.Even(0, 2 * Integer.BYTES));
        int id = agreeOnId(of);
        if (color == MPI.UNDEFINED) {
            of.engine().releaseCommunicatorId(id);
            return null;
        }
        int[] worldRanks = of.worldRanks();
        int[] members = IntStream.range(0, size)
                .filter(rank -> choices[2 * rank] == color)
                .boxed()
                .sorted(Comparator.comparingInt(rank -> choices[2 * rank + 1]))
                .mapToInt(rank -> worldRanks[rank])
                .toArray();
        return new Communicator(of.engine(), of.topology(), id, members);
    }

    // The same id serves all parts of a split: their groups have no rank in common.
    private static int agreeOnId(Communicator of) {
        Engine engine = of.engine();
        while (true) {
            int[] id = {of.rank() == 0 ? engine.takeCommunicatorId() : 0};
            of.collective().broadcast(id, 0, Integer.BYTES, 0);
            boolean taken = of.rank() == 0 || engine.takeCommunicatorId(id[0]);
            int[] takenByAll = {taken ? 1 : 0};
            of.collective().allreduce(LEAST, takenByAll, 0, 1);
            if (takenByAll[0] == 1) {
                return id[0];
            }
            if (taken) {
                engine.releaseCommunicatorId(id[0]);
            }
        }
    }
}
