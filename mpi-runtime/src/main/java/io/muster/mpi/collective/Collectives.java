package io.muster.mpi.collective;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.transport.Meeting;

/**
 * The collective operations on bases and byte ranges. Each rank of the team calls the same ones in the same order with
 * fitting arguments; all block until this rank's part is done.
 */
public final class Collectives {
    private final Team team;
    private final int nodes;

    /** Operations of {@code team}, whose ranks are spread over {@code nodes} nodes. */
    public Collectives(Team team, int nodes) {
        this.team = team;
        this.nodes = nodes;
    }

    public void barrier() {
        Meeting meeting = team.meeting();
        if (meeting == null) {
            DisseminationBarrier.run(team);
        } else {
            team.meet(meeting);
        }
    }

    public void broadcast(Object base, long offset, long bytes, int root) {
        switch (AlgorithmTable.broadcast(bytes, team.size(), nodes)) {
            case BINOMIAL -> BinomialBroadcast.run(team, base, offset, bytes, root);
            case SCATTER_RING -> ScatterRingBroadcast.run(team, base, offset, bytes, root);
        }
    }

    /** {@code inOut} holds the operand and is used up; at the root it holds the result. Offset in elements. */
    public void reduce(Folding folding, Object inOut, int at, int count, int root) {
        switch (AlgorithmTable.reduce(folding.commutative())) {
            case BINOMIAL -> BinomialReduce.run(team, folding, inOut, at, count, root);
            case ORDERED -> OrderedReduce.run(team, folding, inOut, at, count, root);
        }
    }

    /** {@code inOut} holds the operand, and everywhere the result. Offset in elements. */
    public void allreduce(Folding folding, Object inOut, int at, int count) {
        long bytes = (long) count * folding.elementBytes();
        Meeting meeting = team.meeting();
        if (meeting != null && bytes <= Meeting.MAX_BYTES) {
            MeetingAllreduce.run(team, meeting, folding, inOut, at, count);
            return;
        }
        switch (AlgorithmTable.allreduce(bytes, count, team.size(), folding.commutative())) {
            case RECURSIVE_DOUBLING -> RecursiveDoublingAllreduce.run(team, folding, inOut, at, count);
            case RING -> RingAllreduce.run(team, folding, inOut, at, count);
            case ORDERED_AND_BROADCAST -> {
                OrderedReduce.run(team, folding, inOut, at, count, 0);
                broadcast(inOut, (long) at * folding.elementBytes(), bytes, 0);
            }
        }
    }

    /** {@code inOut} holds the operand, and the result of ranks 0 to this one. Offset in elements. */
    public void scan(Folding folding, Object inOut, int at, int count) {
        LinearScan.run(team, folding, inOut, at, count);
    }

    /** {@code inOut} holds the operand, and the result of the ranks before this one; at rank 0 it stays. */
    public void exclusiveScan(Folding folding, Object inOut, int at, int count) {
        LinearExclusiveScan.run(team, folding, inOut, at, count);
    }

    /** At the root, whose own part is in place. */
    public void gatherAtRoot(Object base, Blocks parts) {
        LinearGather.atRoot(team, base, parts);
    }

    /** At the root, whose own part stays. */
    public void scatterAtRoot(Object base, Blocks parts) {
        LinearScatter.atRoot(team, base, parts);
    }

    /** This rank's part to the root. */
    public void sendToRoot(Object base, long offset, long bytes, int root) {
        team.send(base, offset, bytes, root);
    }

    /** This rank's part from the root. */
    public void receiveFromRoot(Object base, long offset, long bytes, int root) {
        team.receive(base, offset, bytes, root);
    }

    /** The rank's own part is in place. */
    public void allgather(Object base, Blocks parts) {
        Meeting meeting = team.meeting();
        if (meeting != null && parts instanceof Blocks.Even even && even.bytesEach() <= Meeting.MAX_BYTES) {
            MeetingAllgather.run(team, meeting, base, even);
        } else {
            RingAllgather.run(team, base, parts);
        }
    }

    public void alltoall(Object out, Blocks outParts, Object in, Blocks inParts) {
        int me = team.rank();
        Memory.copy(out, outParts.offset(me), in, inParts.offset(me), Math.min(outParts.bytes(me), inParts.bytes(me)));
        Meeting meeting = team.meeting();
        if (meeting != null
                && outParts instanceof Blocks.Even outEven
                && inParts instanceof Blocks.Even inEven
                && outEven.bytesEach() * team.size() <= Meeting.MAX_BYTES) {
            MeetingAlltoall.run(team, meeting, out, outEven, in, inEven);
            return;
        }
        switch (AlgorithmTable.alltoall(nodes)) {
            case LINEAR -> LinearAlltoall.run(team, out, outParts, in, inParts);
            case PAIRWISE -> PairwiseAlltoall.run(team, out, outParts, in, inParts);
        }
    }

    /** A piece from each rank to each rank, in any bases. */
    public void alltoall(Piece[] out, Piece[] in) {
        PiecewiseAlltoall.run(team, out, in);
    }

    /** A piece to each destination and one from each source; negative ranks are nobody. */
    public void exchange(int[] sources, Piece[] in, int[] destinations, Piece[] out) {
        NeighbourExchange.run(team, sources, in, destinations, out);
    }
}
