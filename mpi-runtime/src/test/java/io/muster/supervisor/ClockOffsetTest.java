package io.muster.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClockOffsetTest {
    @Test
    void clocks_that_may_agree_agree_however_long_the_answer_took() {
        assertThat(ClockOffset.millis(1000, 1000, 1700)).isZero();
        assertThat(ClockOffset.millis(1000, 1400, 1700)).isZero();
        assertThat(ClockOffset.millis(1000, 1700, 1700)).isZero();
    }

    @Test
    void clocks_that_differ_differ_by_the_least_that_explains_the_answer() {
        assertThat(ClockOffset.millis(1000, 9000, 1700)).isEqualTo(7300);
        assertThat(ClockOffset.millis(1000, 400, 1700)).isEqualTo(-600);
    }

    @Test
    void a_clock_that_was_set_back_meanwhile_does_no_harm() {
        assertThat(ClockOffset.millis(1700, 1400, 1000)).isZero();
    }
}
