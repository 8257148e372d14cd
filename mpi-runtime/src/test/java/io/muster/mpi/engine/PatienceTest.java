package io.muster.mpi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A rank pauses long where that pays, and sleeps soon where it does not. */
final class PatienceTest {
    private final Patience alone = Patience.of(2, 2);

    @Test
    void sleeps_shorten_the_pauses_and_waits_without_one_make_them_longer_again() {
        int pauses = alone.spins();
        for (int i = 0; i < 200; i++) {
            int fewer = alone.pausesAfterSleep(pauses);
            assertThat(fewer).isLessThanOrEqualTo(pauses).isPositive();
            pauses = fewer;
        }
        int least = pauses;
        assertThat(least).isLessThan(alone.spins() / 2);
        assertThat(alone.pausesAfterSpin(least)).isEqualTo(least + 1);
        assertThat(alone.pausesAfterSpin(alone.spins())).isEqualTo(alone.spins());
        assertThat(alone.step(alone.polls() + least - 1, least)).isEqualTo(Patience.Step.SPIN);
        assertThat(alone.step(alone.polls() + least, least)).isEqualTo(Patience.Step.SLEEP);
    }

    @Test
    void where_ranks_share_cores_they_hardly_poll() {
        Patience crowded = Patience.of(3, 2);
        assertThat(crowded.pausesAfterSleep(crowded.spins())).isZero();
        assertThat(crowded.pausesAfterSpin(crowded.spins())).isZero();
        assertThat(crowded.step(0, 0)).isEqualTo(Patience.Step.POLL);
        assertThat(crowded.step(10, 0)).isEqualTo(Patience.Step.SLEEP);
    }
}
