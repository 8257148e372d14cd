package io.muster.examples.heat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Advances the tile of one rank in step with the others: explicit in time, second order in space.
 *
 * <p>Not thread-safe; every rank has one and calls its methods in the same order with the same arguments.
 */
final class Solver {

    private final Ranks ranks;
    private final Decomposition decomposition;
    private final Plate part;
    private final Tile tile;
    private final double stepSeconds;
    private final List<Residual> residuals = new ArrayList<>();
    private long step;

    /** A solver for a plate cut into other cells; {@code source} is the same on every rank. */
    Solver(Plate source, Decomposition decomposition, Physics physics, Ranks ranks) {
        Region whole = new Region(0, 0, decomposition.width(), decomposition.height());
        Region mine = decomposition.tile(ranks.rank());
        this.ranks = ranks;
        this.decomposition = decomposition;
        this.part = source.cut(whole, mine);
        this.tile = new Tile(source.cut(whole, mine.grownBy(1)), physics.ratio());
        this.stepSeconds = physics.stepSeconds(Math.max(whole.width(), whole.height()));
    }

    /**
     * Advances until the limit is reached.
     *
     * @param watcher is told of every residual taken, on every rank
     */
    void run(Limit limit, Consumer<Residual> watcher) {
        while (step < limit.steps()) {
            boolean look = (step + 1) % limit.lookEvery() == 0 || step + 1 == limit.steps();
            double change = advance(look);
            if (look) {
                Residual residual = new Residual(
                        step, step * stepSeconds, ranks.max(change), Summary.of(tile.cells(), part.kinds(), ranks));
                residuals.add(residual);
                watcher.accept(residual);
                if (residual.change() <= limit.change()) {
                    return;
                }
            }
        }
    }

    private double advance(boolean look) {
        tile.pack();
        ranks.startExchange(tile.outgoing(), tile.incoming());
        tile.advanceInside();
        ranks.finishExchange();
        tile.unpack();
        tile.advanceRim();
        double change = look ? tile.largestChange() : 0;
        tile.swap();
        step++;
        return change;
    }

    /** Every residual taken so far, the same on every rank. */
    List<Residual> residuals() {
        return List.copyOf(residuals);
    }

    /** The temperatures of the whole plate, row by row, on rank 0; an empty array on the others. Blocks for all. */
    double[] collect() {
        int[] cells = new int[ranks.size()];
        for (int rank = 0; rank < cells.length; rank++) {
            cells[rank] = decomposition.tile(rank).cells();
        }
        double[][] tiles = ranks.gather(tile.cells(), cells);
        if (tiles.length == 0) {
            return new double[0];
        }
        double[] whole = new double[decomposition.width() * decomposition.height()];
        for (int rank = 0; rank < tiles.length; rank++) {
            Region region = decomposition.tile(rank);
            for (int y = 0; y < region.height(); y++) {
                int to = (region.y() + y) * decomposition.width() + region.x();
                System.arraycopy(tiles[rank], y * region.width(), whole, to, region.width());
            }
        }
        return whole;
    }
}
