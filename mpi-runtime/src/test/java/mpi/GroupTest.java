package mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Operations on groups (MPI 4.1, 7.3), which are local. */
final class GroupTest {
    private static final int ME = 7;
    private final Group odd = new Group(new int[] {1, 3, 5, 7, 9}, ME);
    private final Group high = new Group(new int[] {9, 8, 7, 6}, ME);

    @Test
    void sets_keep_the_order_of_the_first_group() {
        assertThat(Group.union(odd, high).worldRanks()).containsExactly(1, 3, 5, 7, 9, 8, 6);
        assertThat(Group.Union(high, odd).worldRanks()).containsExactly(9, 8, 7, 6, 1, 3, 5);
        assertThat(Group.intersection(odd, high).worldRanks()).containsExactly(7, 9);
        assertThat(Group.Intersection(high, odd).worldRanks()).containsExactly(9, 7);
        assertThat(Group.difference(odd, high).worldRanks()).containsExactly(1, 3, 5);
        assertThat(Group.Difference(high, odd).Size()).isEqualTo(2);
        assertThat(Group.union(MPI.GROUP_EMPTY, high).getRank()).isEqualTo(2);
    }

    @Test
    void members_are_chosen_one_by_one_and_by_ranges() {
        assertThat(odd.incl(new int[] {4, 0}).worldRanks()).containsExactly(9, 1);
        assertThat(odd.Incl(new int[] {4, 0}).Rank()).isEqualTo(MPI.UNDEFINED);
        assertThat(odd.excl(new int[] {4, 0}).worldRanks()).containsExactly(3, 5, 7);
        assertThat(odd.Excl(new int[] {4, 0}).Rank()).isEqualTo(2);
        assertThat(odd.rangeIncl(new int[][] {{4, 1, -2}, {0, 0, 1}}).worldRanks())
                .containsExactly(9, 5, 1);
        assertThat(odd.Range_excl(new int[][] {{0, 4, 2}}).worldRanks()).containsExactly(3, 7);
        assertThat(odd.rangeExcl(new int[0][]).worldRanks()).containsExactly(1, 3, 5, 7, 9);
        assertThat(odd.Range_incl(new int[][] {{3, 2, 1}}).code).isEqualTo(Group.EMPTY);
    }

    @Test
    void ranks_that_are_none_are_refused() {
        for (int[] ranks : new int[][] {{5}, {-1}, {1, 1}}) {
            assertThatThrownBy(() -> odd.incl(ranks))
                    .isInstanceOfSatisfying(
                            MPIException.class,
                            e -> assertThat(e.getErrorClass()).isEqualTo(MPI.ERR_RANK));
        }
        assertThatThrownBy(() -> odd.rangeIncl(new int[][] {{0, 1, 0}})).isInstanceOf(MPIException.class);
        assertThatThrownBy(() -> Group.translateRanks(odd, new int[] {5}, high)).isInstanceOf(MPIException.class);
    }

    @Test
    void ranks_are_translated_and_groups_compared() {
        assertThat(Group.Translate_ranks(odd, new int[] {3, 0, 4, MPI.PROC_NULL}, high))
                .containsExactly(2, MPI.UNDEFINED, 0, MPI.PROC_NULL);
        assertThat(Group.compare(odd, odd.incl(new int[] {0, 1, 2, 3, 4}))).isEqualTo(MPI.IDENT);
        assertThat(Group.Compare(odd, odd.incl(new int[] {1, 0, 2, 3, 4}))).isEqualTo(MPI.SIMILAR);
        assertThat(Group.compare(odd, high)).isEqualTo(MPI.UNEQUAL);
    }

    @Test
    void a_group_is_null_when_it_is_freed() {
        Group group = odd.incl(new int[] {0});
        assertThat(group.isNull()).isFalse();
        group.free();
        assertThat(group.isNull()).isTrue();
        assertThat(MPI.GROUP_NULL.isNull()).isTrue();
        MPI.GROUP_EMPTY.free();
        assertThat(MPI.GROUP_EMPTY.isNull()).isFalse();
    }
}
