package io.muster.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpecNumbersTest {
    private static ReadResult read(String count) {
        return SpecReader.parse("heat.yaml", "cluster: heat\nprovider: local\nnodes: {count: " + count + "}\n");
    }

    private static List<Problem> problems(String count) {
        return ((ReadResult.Problems) read(count)).problems();
    }

    @Test
    void a_number_of_very_many_digits_is_a_problem_like_any_other() {
        assertThat(problems("9".repeat(900_000)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("nodes.count"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1.5", "0x", "4097", "0"})
    void what_is_no_count_is_a_problem(String count) {
        assertThat(problems(count)).extracting(Problem::path).containsExactly("nodes.count");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "4.0", "4e0"})
    void a_whole_number_may_be_written_in_several_ways(String count) {
        assertThat(((ReadResult.Ok) read(count)).spec().count()).isEqualTo(4);
    }
}
