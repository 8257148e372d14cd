package io.muster.mpi.file;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Where in the file the data of each rank of a collective access lie, and, when they are mixed, who does which part of
 * the file: the whole range is cut into domains, one for each of some ranks, the aggregators, who go through theirs in
 * windows, round by round.
 */
final class Ranges {
    static final int WINDOW = 4 << 20;
    private static final long SMALLEST_DOMAIN = 1 << 20;

    private final long[] from;
    private final long[] to;
    private final boolean sequential;
    private final long start;
    private final long domain;
    private final long end;
    private final int aggregators;

    /** {@code numbers}: for each rank where its data begin, where they end, and whether its view is sequential. */
    Ranges(long[] numbers, int size) {
        from = new long[size];
        to = new long[size];
        boolean all = true;
        long first = Long.MAX_VALUE;
        long last = 0;
        for (int rank = 0; rank < size; rank++) {
            from[rank] = numbers[3 * rank];
            to[rank] = numbers[3 * rank + 1];
            all &= numbers[3 * rank + 2] == 1;
            if (to[rank] > from[rank]) {
                first = Math.min(first, from[rank]);
                last = Math.max(last, to[rank]);
            }
        }
        sequential = all;
        start = Math.min(first, last);
        end = last;
        long length = end - start;
        aggregators = Math.clamp(Math.ceilDiv(length, SMALLEST_DOMAIN), 1, size);
        domain = Math.ceilDiv(length, aggregators);
    }

    /** Whether the data of one rank lie among those of another. */
    boolean mixed() {
        int[] ranks = IntStream.range(0, from.length)
                .filter(rank -> to[rank] > from[rank])
                .boxed()
                .sorted(Comparator.comparingLong(rank -> from[rank]))
                .mapToInt(Integer::intValue)
                .toArray();
        return sequential && IntStream.range(1, ranks.length).anyMatch(i -> from[ranks[i]] < to[ranks[i - 1]]);
    }

    int rounds() {
        return (int) Math.ceilDiv(domain, (long) WINDOW);
    }

    int aggregators() {
        return aggregators;
    }

    /** The rank of an aggregator; they are spread over all ranks. */
    int rankOf(int aggregator) {
        return (int) ((long) aggregator * from.length / aggregators);
    }

    /** Where in the file a round of an aggregator begins. */
    long windowFrom(int aggregator, int round) {
        return Math.min(start + aggregator * domain + (long) round * WINDOW, windowEnd(aggregator));
    }

    /** Where it ends. */
    long windowTo(int aggregator, int round) {
        return Math.min(start + aggregator * domain + (round + 1L) * WINDOW, windowEnd(aggregator));
    }

    private long windowEnd(int aggregator) {
        return Math.min(start + (aggregator + 1) * domain, end);
    }
}
