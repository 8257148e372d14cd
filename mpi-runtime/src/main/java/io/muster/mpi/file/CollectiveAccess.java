package io.muster.mpi.file;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.collective.Blocks;
import io.muster.mpi.collective.Collectives;
import io.muster.mpi.collective.Piece;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Failure;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Access of all ranks together. When the data of the ranks lie among each other, it goes in two phases: the ranks send
 * their parts, or what they want, to aggregators, each of which writes or reads one large range. Else each rank works
 * by itself. Where ranks write the same bytes, those of the highest rank stay.
 */
final class CollectiveAccess implements DataAccess {
    private final Communicator core;
    private final Collectives team;
    private final Storage storage;
    private final View view;
    private final int size;

    /** One for each operation; {@code team} is the operation's own. */
    CollectiveAccess(Communicator core, Collectives team, Storage storage, View view) {
        this.core = core;
        this.team = team;
        this.storage = storage;
        this.view = view;
        size = core.size();
    }

    @Override
    public void write(long position, Object base, long offset, long bytes) {
        Ranges ranges = ranges(position, bytes);
        if (!ranges.mixed()) {
            new IndependentAccess(storage, view).write(position, base, offset, bytes);
            return;
        }
        Optional<Failure> failure = Optional.empty();
        for (int round = 0; round < ranges.rounds(); round++) {
            byte[][] out = empty();
            for (int i = 0; i < ranges.aggregators(); i++) {
                Span span = span(ranges, i, round, position, bytes);
                RunList runs = view.runs(span.from, span.bytes());
                byte[] parcel = Parcel.request(runs, (int) span.bytes());
                if (parcel.length > 0) {
                    Memory.copy(base, offset + span.from - position, parcel, Parcel.dataAt(runs), span.bytes());
                }
                out[ranges.rankOf(i)] = parcel;
            }
            byte[][] in = exchange(out);
            int thisRound = round;
            Optional<Failure> now = Agreement.failureOf(() -> writeWindow(ranges, thisRound, in));
            failure = failure.isPresent() ? failure : now;
        }
        new Agreement(core, team).settle(failure);
    }

    @Override
    public long read(long position, Object base, long offset, long bytes) {
        Ranges ranges = ranges(position, bytes);
        if (!ranges.mixed()) {
            return new IndependentAccess(storage, view).read(position, base, offset, bytes);
        }
        Optional<Failure> failure = Optional.empty();
        long total = 0;
        for (int round = 0; round < ranges.rounds(); round++) {
            byte[][] out = empty();
            for (int i = 0; i < ranges.aggregators(); i++) {
                Span span = span(ranges, i, round, position, bytes);
                out[ranges.rankOf(i)] = Parcel.request(view.runs(span.from, span.bytes()), 0);
            }
            byte[][] asked = exchange(out);
            byte[][] answers = empty();
            Optional<Failure> now = Agreement.failureOf(() -> readWindow(asked, answers));
            failure = failure.isPresent() ? failure : now;
            byte[][] in = exchange(answers);
            for (int i = 0; i < ranges.aggregators(); i++) {
                byte[] answer = in[ranges.rankOf(i)];
                if (answer.length > 0) {
                    Span span = span(ranges, i, round, position, bytes);
                    long valid = Math.clamp(view.bytesBefore(Parcel.end(answer)) - span.from, 0, span.bytes());
                    Memory.copy(answer, Long.BYTES, base, offset + span.from - position, valid);
                    total += valid;
                }
            }
        }
        new Agreement(core, team).settle(failure);
        return total;
    }

    private Ranges ranges(long position, long bytes) {
        long[] numbers = new long[3 * size];
        int own = 3 * core.rank();
        if (bytes > 0) {
            numbers[own] = view.offsetOf(position);
            numbers[own + 1] = view.offsetOf(position + bytes - 1) + 1;
        }
        numbers[own + 2] = view.tiling().isSequential() ? 1 : 0;
        team.allgather(numbers, new Blocks.Even(0, 3 * Long.BYTES));
        return new Ranges(numbers, size);
    }

    /** Bytes of the data of a rank. */
    private record Span(long from, long to) {
        long bytes() {
            return to - from;
        }
    }

    /** Those of this rank that an aggregator does in a round. */
    private Span span(Ranges ranges, int aggregator, int round, long position, long bytes) {
        long end = position + bytes;
        long from = Math.clamp(view.bytesBefore(ranges.windowFrom(aggregator, round)), position, end);
        long to = Math.clamp(view.bytesBefore(ranges.windowTo(aggregator, round)), from, end);
        return new Span(from, to);
    }

    private byte[][] empty() {
        byte[][] parcels = new byte[size][];
        Arrays.fill(parcels, new byte[0]);
        return parcels;
    }

    private byte[][] exchange(byte[][] out) {
        long[] outSizes = new long[size];
        long[] inSizes = new long[size];
        Piece[] sent = new Piece[size];
        for (int rank = 0; rank < size; rank++) {
            outSizes[rank] = out[rank].length;
            sent[rank] = new Piece(out[rank], 0, out[rank].length);
        }
        Blocks numbers = new Blocks.Even(0, Long.BYTES);
        team.alltoall(outSizes, numbers, inSizes, numbers);
        byte[][] in = new byte[size][];
        Piece[] received = new Piece[size];
        for (int rank = 0; rank < size; rank++) {
            in[rank] = new byte[Math.toIntExact(inSizes[rank])];
            received[rank] = new Piece(in[rank], 0, in[rank].length);
        }
        team.alltoall(sent, received);
        return in;
    }

    /** What this aggregator got, in the order of the ranks, in as few writes as there are ranges without a hole. */
    private void writeWindow(Ranges ranges, int round, byte[][] parcels) {
        int own = aggregator(ranges);
        if (own < 0) {
            return;
        }
        long start = ranges.windowFrom(own, round);
        byte[] window = new byte[(int) (ranges.windowTo(own, round) - start)];
        BitSet written = new BitSet();
        for (byte[] parcel : parcels) {
            RunList runs = Parcel.runs(parcel);
            int data = Parcel.dataAt(runs);
            for (int i = 0; i < runs.size(); i++) {
                int at = (int) (runs.offset(i) - start);
                int length = (int) runs.length(i);
                System.arraycopy(parcel, data, window, at, length);
                written.set(at, at + length);
                data += length;
            }
        }
        MemorySegment memory = MemorySegment.ofArray(window);
        for (int at = written.nextSetBit(0); at >= 0; ) {
            int end = written.nextClearBit(at);
            storage.write(start + at, memory.asSlice(at, end - at));
            at = written.nextSetBit(end);
        }
    }

    /** Fills {@code answers}, also when the file cannot be read: then with nothing. */
    private void readWindow(byte[][] asked, byte[][] answers) {
        long start = Long.MAX_VALUE;
        long end = 0;
        RunList[] runs = new RunList[size];
        for (int rank = 0; rank < size; rank++) {
            runs[rank] = Parcel.runs(asked[rank]);
            if (runs[rank].size() > 0) {
                start = Math.min(start, runs[rank].start());
                end = Math.max(end, runs[rank].end());
            }
        }
        if (start >= end) {
            return;
        }
        byte[] window = new byte[(int) (end - start)];
        long got = storage.read(start, MemorySegment.ofArray(window));
        for (int rank = 0; rank < size; rank++) {
            int bytes = 0;
            for (int i = 0; i < runs[rank].size(); i++) {
                bytes += (int) runs[rank].length(i);
            }
            byte[] answer = runs[rank].size() == 0 ? new byte[0] : Parcel.answer(start + got, bytes);
            int data = Long.BYTES;
            for (int i = 0; i < runs[rank].size(); i++) {
                int length = (int) runs[rank].length(i);
                System.arraycopy(window, (int) (runs[rank].offset(i) - start), answer, data, length);
                data += length;
            }
            answers[rank] = answer;
        }
    }

    /** Which aggregator this rank is, or -1. */
    private int aggregator(Ranges ranges) {
        for (int i = 0; i < ranges.aggregators(); i++) {
            if (ranges.rankOf(i) == core.rank()) {
                return i;
            }
        }
        return -1;
    }
}
