package mpi;

import io.muster.mpi.engine.ErrorClass;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An ordered set of processes (MPI 4.1, section 7.3). Immutable; all operations are local. Ranks that are none of the
 * group's throw {@link MPIException}.
 */
public class Group implements Freeable {
    /** What {@link #code} is in a group without processes. */
    public static final int EMPTY = 3;

    /** {@link #EMPTY}, or 0. */
    public int code;

    private static final int NOBODY = -1;

    private final int[] worldRanks;
    private final int me;
    private boolean isNull;

    Group(int[] worldRanks, int me) {
        this.worldRanks = worldRanks.clone();
        this.me = me;
        this.code = worldRanks.length == 0 ? EMPTY : 0;
    }

    static Group empty() {
        return new Group(new int[0], NOBODY);
    }

    static Group nothing() {
        Group group = empty();
        group.isNull = true;
        return group;
    }

    int[] worldRanks() {
        return worldRanks.clone();
    }

    public int getSize() {
        return worldRanks.length;
    }

    public int Size() {
        return getSize();
    }

    /** This process's rank in the group, or {@code MPI.UNDEFINED}. */
    public int getRank() {
        return rankOf(me);
    }

    public int Rank() {
        return getRank();
    }

    /** Makes the group null; others made of it stay. The predefined ones stay as they are. */
    @Override
    @SuppressWarnings("ReferenceEquality") // there is one empty group
    public void free() {
        isNull = this != MPI.GROUP_EMPTY;
    }

    /** Whether it is freed, or the null group. */
    public boolean isNull() {
        return isNull;
    }

    /** IDENT, SIMILAR or UNEQUAL. */
    public static int compare(Group one, Group two) {
        if (Arrays.equals(one.worldRanks, two.worldRanks)) {
            return MPI.IDENT;
        }
        int[] a = one.worldRanks.clone();
        int[] b = two.worldRanks.clone();
        Arrays.sort(a);
        Arrays.sort(b);
        return Arrays.equals(a, b) ? MPI.SIMILAR : MPI.UNEQUAL;
    }

    public static int Compare(Group one, Group two) {
        return compare(one, two);
    }

    /** The ranks in {@code two} of some ranks in {@code one}; UNDEFINED where there is none, PROC_NULL stays. */
    public static int[] translateRanks(Group one, int[] ranks, Group two) {
        return Arrays.stream(ranks)
                .map(rank -> rank == MPI.PROC_NULL ? rank : two.rankOf(one.worldRank("translateRanks", rank)))
                .toArray();
    }

    public static int[] Translate_ranks(Group one, int[] ranks, Group two) {
        return translateRanks(one, ranks, two);
    }

    /** Those of the first group, and after them those that only the second has. */
    public static Group union(Group one, Group two) {
        IntStream more = Arrays.stream(two.worldRanks).filter(rank -> !one.has(rank));
        return one.with(two, IntStream.concat(Arrays.stream(one.worldRanks), more));
    }

    public static Group Union(Group group1, Group group2) {
        return union(group1, group2);
    }

    /** Those that both have, in the order of the first. */
    public static Group intersection(Group one, Group two) {
        return one.with(two, Arrays.stream(one.worldRanks).filter(two::has));
    }

    public static Group Intersection(Group group1, Group group2) {
        return intersection(group1, group2);
    }

    /** Those that only the first has, in its order. */
    public static Group difference(Group one, Group two) {
        return one.with(two, Arrays.stream(one.worldRanks).filter(rank -> !two.has(rank)));
    }

    public static Group Difference(Group group1, Group group2) {
        return difference(group1, group2);
    }

    /** The processes with these ranks, in this order. */
    public Group incl(int[] ranks) {
        return of(worldRanks("incl", ranks));
    }

    public Group Incl(int[] ranks) {
        return incl(ranks);
    }

    /** All but the processes with these ranks. */
    public Group excl(int[] ranks) {
        Group without = of(worldRanks("excl", ranks));
        return of(Arrays.stream(worldRanks).filter(rank -> !without.has(rank)).toArray());
    }

    public Group Excl(int[] ranks) {
        return excl(ranks);
    }

    /** As {@link #incl}, of ranges: first rank, last rank, stride each. */
    public Group rangeIncl(int[][] ranges) {
        return incl(expanded(ranges));
    }

    public Group Range_incl(int[][] ranges) {
        return rangeIncl(ranges);
    }

    /** As {@link #excl}, of ranges: first rank, last rank, stride each. */
    public Group rangeExcl(int[][] ranges) {
        return excl(expanded(ranges));
    }

    public Group Range_excl(int[][] ranges) {
        return rangeExcl(ranges);
    }

    private static int[] expanded(int[][] ranges) {
        return Arrays.stream(ranges).flatMapToInt(Group::expanded).toArray();
    }

    private static IntStream expanded(int[] range) {
        if (range.length != 3 || range[2] == 0) {
            throw new MPIException(
                    ErrorClass.ARG,
                    "range " + Arrays.toString(range)
                            + " must be a first rank, a last rank and a stride that is not 0");
        }
        int stride = range[2];
        return IntStream.iterate(range[0], rank -> stride > 0 ? rank <= range[1] : rank >= range[1], r -> r + stride);
    }

    private int[] worldRanks(String call, int[] ranks) {
        int[] found = Arrays.stream(ranks).map(rank -> worldRank(call, rank)).toArray();
        if (Arrays.stream(found).distinct().count() < found.length) {
            throw new MPIException(ErrorClass.RANK, call + ": a rank is twice in " + Arrays.toString(ranks));
        }
        return found;
    }

    private int worldRank(String call, int rank) {
        if (rank < 0 || rank >= worldRanks.length) {
            throw new MPIException(
                    ErrorClass.RANK, call + ": rank " + rank + " is none of the group's " + worldRanks.length);
        }
        return worldRanks[rank];
    }

    private Group of(int[] members) {
        return new Group(members, me);
    }

    private Group with(Group other, IntStream members) {
        return new Group(members.toArray(), me == NOBODY ? other.me : me);
    }

    private boolean has(int worldRank) {
        return rankOf(worldRank) != MPI.UNDEFINED;
    }

    private int rankOf(int worldRank) {
        for (int i = 0; i < worldRanks.length; i++) {
            if (worldRanks[i] == worldRank) {
                return i;
            }
        }
        return MPI.UNDEFINED;
    }
}
