package mpi;

import java.util.Arrays;

/** An ordered set of processes (MPI 4.1, section 7.3). */
public class Group implements Freeable {
    private final int[] worldRanks;
    private final int me;

    Group(int[] worldRanks, int me) {
        this.worldRanks = worldRanks.clone();
        this.me = me;
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

    @Override
    public void free() {}

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

    /** The ranks in {@code two} of some ranks in {@code one}. */
    public static int[] translateRanks(Group one, int[] ranks, Group two) {
        return Arrays.stream(ranks)
                .map(rank -> two.rankOf(one.worldRanks[rank]))
                .toArray();
    }

    public static int[] Translate_ranks(Group one, int[] ranks, Group two) {
        return translateRanks(one, ranks, two);
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
