package mpi;

import io.muster.mpi.buffer.ElementType;
import io.muster.mpi.buffer.Operator;
import io.muster.mpi.collective.Collectives;
import io.muster.mpi.collective.Folding;
import io.muster.mpi.engine.Engine;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The ranks of a communicator that is being made find an id that is free with all of them. */
final class IdAgreement {
    private static final Folding LEAST = new Folding(Operator.MIN.on(ElementType.INT), ElementType.INT, 1, true);

    private final Engine engine;
    private final Supplier<Collectives> operations;
    private final int rank;
    private final int leader;

    /** What {@code operations} gives are the collective operations of the ranks, one each time or always the same. */
    IdAgreement(Engine engine, Supplier<Collectives> operations, int rank, int leader) {
        this.engine = engine;
        this.operations = operations;
        this.rank = rank;
        this.leader = leader;
    }

    /** Within one group. */
    int agree() {
        return agree(true, null);
    }

    /**
     * Between two groups, of which one is the first and proposes; {@code swap} is called by the leaders of both, sends
     * numbers to the other and returns its own.
     */
    int agree(boolean first, @Nullable UnaryOperator<int[]> swap) {
        boolean leads = rank == leader;
        while (true) {
            int[] id = {leads && first ? engine.communicatorIds().takeOwn() : -1};
            if (leads && swap != null) {
                id[0] = Math.max(id[0], swap.apply(id)[0]);
            }
            operations.get().broadcast(id, 0, Integer.BYTES, leader);
            boolean taken = (leads && first) || engine.communicatorIds().take(id[0]);
            int[] takenByAll = {taken ? 1 : 0};
            operations.get().allreduce(LEAST, takenByAll, 0, 1);
            if (swap != null) {
                if (leads) {
                    takenByAll[0] = Math.min(takenByAll[0], swap.apply(takenByAll)[0]);
                }
                operations.get().broadcast(takenByAll, 0, Integer.BYTES, leader);
            }
            if (takenByAll[0] == 1) {
                return id[0];
            }
            if (taken) {
                engine.communicatorIds().release(id[0]);
            }
        }
    }
}
