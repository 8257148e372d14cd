package mpi;

import io.muster.mpi.collective.Blocks;
import io.muster.mpi.collective.Collectives;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.InterTeams;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes communicators out of the ranks of one; those that are said to take part all call it. */
final class Splitting {
    private Splitting() {}

    static Communicator duplicate(Communicator of) {
        if (of.isInter()) {
            return Joining.duplicate(of, of.interCollective());
        }
        return new Communicator(of.engine(), of.topology(), agreeOnId(of), of.worldRanks());
    }

    /** Starts to duplicate: what another thread does, which gives {@code made} the copy. */
    static Runnable startDuplicate(Communicator of, Consumer<Communicator> made) {
        if (of.isInter()) {
            InterTeams teams = of.interCollective();
            return () -> made.accept(Joining.duplicate(of, teams));
        }
        Collectives operations = of.detachedCollective();
        return () -> {
            int id = new IdAgreement(of.engine(), () -> operations, of.rank(), 0).agree();
            made.accept(new Communicator(of.engine(), of.topology(), id, of.worldRanks()));
        };
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
            of.engine().communicatorIds().release(id);
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

    /** All ranks of {@code of} call it; null at those that are not among the members. */
    static @Nullable Communicator create(Communicator of, int[] members) {
        int id = agreeOnId(of);
        if (IntStream.of(members).noneMatch(rank -> rank == of.engine().rank())) {
            of.engine().communicatorIds().release(id);
            return null;
        }
        return new Communicator(of.engine(), of.topology(), id, members);
    }

    /** Only the members call it, with one tag. */
    static Communicator createGroup(Communicator of, int[] members, int tag) {
        Collectives operations = of.collectiveOf(members, tag);
        int me = 0;
        while (members[me] != of.engine().rank()) {
            me++;
        }
        int id = new IdAgreement(of.engine(), () -> operations, me, 0).agree();
        return new Communicator(of.engine(), of.topology(), id, members);
    }

    // The same id serves all parts of a split: their groups have no rank in common.
    private static int agreeOnId(Communicator of) {
        return new IdAgreement(of.engine(), of::collective, of.rank(), 0).agree();
    }
}
