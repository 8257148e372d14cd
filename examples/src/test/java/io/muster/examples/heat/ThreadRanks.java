package io.muster.examples.heat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.function.Function;

/** Ranks that are threads of one program: a small but real implementation, to test the numbers without MPI. */
final class ThreadRanks implements Ranks {

    private final int rank;
    private final Decomposition decomposition;
    private final Shared shared;
    private double[][] incoming = new double[0][];

    private ThreadRanks(int rank, Decomposition decomposition, Shared shared) {
        this.rank = rank;
        this.decomposition = decomposition;
        this.shared = shared;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Shared(Object[] slots, Phaser phaser) {}

    /** Runs the same program on every rank of a decomposition and returns its results by rank. */
    static <T> List<T> run(Decomposition decomposition, Function<Ranks, T> program)
            throws InterruptedException, ExecutionException {
        int size = decomposition.ranks();
        Shared shared = new Shared(new Object[size], new Phaser(size));
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
            List<Callable<T>> programs = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                ThreadRanks ranks = new ThreadRanks(rank, decomposition, shared);
                programs.add(() -> {
                    try {
                        return program.apply(ranks);
                    } finally {
                        // A rank that failed must not keep the others waiting for ever.
                        shared.phaser.arriveAndDeregister();
                    }
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(programs)) {
                results.add(result.get());
            }
            return results;
        }
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return decomposition.ranks();
    }

    private Object[] exchange(Object mine) {
        shared.slots[rank] = mine;
        shared.phaser.arriveAndAwaitAdvance();
        Object[] all = shared.slots.clone();
        shared.phaser.arriveAndAwaitAdvance();
        return all;
    }

    @Override
    public void startExchange(double[][] outgoing, double[][] intoHere) {
        this.incoming = intoHere;
        double[][] copy = new double[outgoing.length][];
        for (int side = 0; side < copy.length; side++) {
            copy[side] = outgoing[side].clone();
        }
        shared.slots[rank] = copy;
    }

    @Override
    public void finishExchange() {
        Object[] all = exchange(shared.slots[rank]);
        for (Side side : Side.values()) {
            int row = rank / decomposition.columns() + side.down;
            int column = rank % decomposition.columns() + side.right;
            if (row >= 0 && column >= 0 && row < decomposition.rows() && column < decomposition.columns()) {
                double[][] theirs = (double[][]) all[row * decomposition.columns() + column];
                double[] cells = theirs[side.opposite().index];
                System.arraycopy(cells, 0, incoming[side.index], 0, cells.length);
            }
        }
    }

    @Override
    public double max(double mine) {
        double largest = mine;
        for (Object value : exchange(mine)) {
            largest = Math.max(largest, (Double) value);
        }
        return largest;
    }

    @Override
    public long sum(long mine) {
        long sum = 0;
        for (Object value : exchange(mine)) {
            sum += (Long) value;
        }
        return sum;
    }

    @Override
    public double[][] gather(double[] mine, int[] cells) {
        Object[] all = exchange(mine);
        if (rank > 0) {
            return new double[0][];
        }
        double[][] tiles = new double[all.length][];
        for (int i = 0; i < all.length; i++) {
            tiles[i] = (double[]) all[i];
        }
        return tiles;
    }
}
