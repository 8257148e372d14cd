package mpi;

import io.muster.mpi.collective.Collectives;
import io.muster.mpi.collective.Team;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.InterTeams;
import io.muster.mpi.engine.ReceiveOperation;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes communicators between two groups, and one group of two (MPI 4.1, section 7.6.2). All ranks of both call it. */
final class Joining {
    private Joining() {}

    /** The leaders know each other by their ranks in {@code peer}, which only they need. */
    static Communicator join(Communicator local, int localLeader, @Nullable Comm peer, int remoteLeader, int tag) {
        boolean leads = local.rank() == localLeader;
        UnaryOperator<int[]> swap = mine -> swap(ofLeader(peer), remoteLeader, tag, mine);
        int[] size = {leads ? swap.apply(new int[] {local.size()})[0] : 0};
        local.collective().broadcast(size, 0, Integer.BYTES, localLeader);
        int[] numbers = leads
                ? swap.apply(ProcessIds.encode(local.engine(), local.worldRanks()))
                : new int[size[0] * ProcessIds.INTS];
        local.collective().broadcast(numbers, 0, (long) numbers.length * Integer.BYTES, localLeader);
        int[] remote = ProcessIds.known(local.engine(), numbers);
        int[] mine = local.worldRanks();
        if (ProcessIds.haveCommon(mine, remote)) {
            throw new Failure(ErrorClass.COMM, "the two groups have a rank in common");
        }
        int id = new IdAgreement(local.engine(), local::collective, local.rank(), localLeader)
                .agree(ProcessIds.isFirst(local.engine(), mine, remote), swap);
        return new Communicator(local.engine(), local.topology(), id, mine, remote);
    }

    private static Communicator ofLeader(@Nullable Comm peer) {
        if (peer == null) {
            throw new Failure(ErrorClass.COMM, "the leader needs the communicator in which it finds the other leader");
        }
        return peer.core();
    }

    /** In an operation that the call has started. */
    static Communicator duplicate(Communicator inter, InterTeams teams) {
        int id = agreeOnId(inter, teams);
        return new Communicator(inter.engine(), inter.topology(), id, inter.worldRanks(), inter.targets());
    }

    /** One group: that which says low first; when both say the same, that whose first rank is lower in the job. */
    static Communicator merge(Communicator inter, boolean high) {
        InterTeams teams = inter.interCollective();
        int[] others = {0};
        if (inter.rank() == 0) {
            others = swap(teams.remote(), new int[] {high ? 1 : 0});
        }
        teams.local().broadcast(others, 0, Integer.BYTES, 0);
        boolean othersHigh = others[0] == 1;
        int[] mine = inter.worldRanks();
        int[] theirs = inter.targets();
        boolean first = high == othersHigh ? ProcessIds.isFirst(inter.engine(), mine, theirs) : othersHigh;
        int[] lower = first ? mine : theirs;
        int[] upper = first ? theirs : mine;
        int[] all = Arrays.copyOf(lower, lower.length + upper.length);
        System.arraycopy(upper, 0, all, lower.length, upper.length);
        return new Communicator(inter.engine(), inter.topology(), agreeOnId(inter, teams), all);
    }

    private static int agreeOnId(Communicator inter, InterTeams teams) {
        Collectives local = teams.local();
        return new IdAgreement(inter.engine(), () -> local, inter.rank(), 0)
                .agree(
                        ProcessIds.isFirst(inter.engine(), inter.worldRanks(), inter.targets()),
                        mine -> swap(teams.remote(), mine));
    }

    /** The numbers of the other group's rank 0, of which it sends as many. */
    private static int[] swap(Team remote, int[] mine) {
        int[] theirs = new int[mine.length];
        long bytes = (long) mine.length * Integer.BYTES;
        remote.exchange(mine, 0, bytes, 0, theirs, 0, bytes, 0);
        return theirs;
    }

    /** The numbers of the other leader, however many it sends. */
    private static int[] swap(Communicator peer, int remoteLeader, int tag, int[] mine) {
        int[] length = {mine.length};
        exchange(peer, remoteLeader, tag, new int[] {mine.length}, length);
        int[] theirs = new int[length[0]];
        exchange(peer, remoteLeader, tag, mine, theirs);
        return theirs;
    }

    private static void exchange(Communicator peer, int remoteLeader, int tag, int[] mine, int[] theirs) {
        ReceiveOperation receive =
                peer.startReceive(theirs, 0, (long) theirs.length * Integer.BYTES, remoteLeader, tag);
        peer.sendMessage(mine, 0, (long) mine.length * Integer.BYTES, remoteLeader, tag);
        peer.engine().waitFor(receive);
    }
}
