package mpi;

import io.muster.mpi.collective.Piece;
import io.muster.mpi.collective.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Parts that go to the ranks of another group and come from them; those of objects as a length and then bytes. */
record RemoteParts(Team remote) {
    void send(byte[] bytes, int to) {
        remote.send(new int[] {bytes.length}, 0, Integer.BYTES, to);
        remote.send(bytes, 0, bytes.length, to);
    }

    byte[] receive(int from) {
        int[] length = new int[1];
        remote.receive(length, 0, Integer.BYTES, from);
        byte[] bytes = new byte[length[0]];
        remote.receive(bytes, 0, bytes.length, from);
        return bytes;
    }

    /** Objects to each rank and from each rank. */
    void swap(IntFunction<Part> out, IntFunction<Part> in) {
        int ranks = remote.size();
        Piece[] lengthsOut = new Piece[ranks];
        Piece[] lengthsIn = new Piece[ranks];
        Piece[] sent = new Piece[ranks];
        int[] lengths = new int[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            byte[] bytes = out.apply(rank).objectBytes();
            sent[rank] = new Piece(bytes, 0, bytes.length);
            lengthsOut[rank] = new Piece(new int[] {bytes.length}, 0, Integer.BYTES);
            lengthsIn[rank] = new Piece(lengths, (long) rank * Integer.BYTES, Integer.BYTES);
        }
        swap(remote, lengthsOut, lengthsIn);
        Piece[] received = new Piece[ranks];
        byte[][] came = new byte[ranks][];
        for (int rank = 0; rank < ranks; rank++) {
            came[rank] = new byte[lengths[rank]];
            received[rank] = new Piece(came[rank], 0, lengths[rank]);
        }
        swap(remote, sent, received);
        for (int rank = 0; rank < ranks; rank++) {
            in.apply(rank).takeObjects(came[rank], 0, came[rank].length);
        }
    }

    static void swap(Team remote, IntFunction<Part> out, IntFunction<Part> in) {
        Piece[] sent = new Piece[remote.size()];
        Piece[] received = new Piece[remote.size()];
        for (int rank = 0; rank < sent.length; rank++) {
            sent[rank] = out.apply(rank).piece();
            received[rank] = in.apply(rank).piece();
        }
        swap(remote, sent, received);
    }

    /** A piece to each rank and from each rank of the other group. */
    static void swap(Team remote, Piece[] out, Piece[] in) {
        List<Runnable> receives = new ArrayList<>();
        for (int rank = 0; rank < remote.size(); rank++) {
            receives.add(remote.startReceive(in[rank].base(), in[rank].offset(), in[rank].bytes(), rank));
        }
        for (int rank = 0; rank < remote.size(); rank++) {
            remote.send(out[rank].base(), out[rank].offset(), out[rank].bytes(), rank);
        }
        receives.forEach(Runnable::run);
    }
}
