package io.muster.examples.heat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeatOptionsTest {

    @Test
    void no_argument_is_a_whole_run() throws BadInput {
        HeatOptions options = HeatOptions.parse(new String[0]);

        assertThat(options.input()).isEmpty();
        assertThat(options.output()).isEqualTo(Path.of("heat.png"));
        assertThat(options.limit().steps()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--size banana|--size takes a whole number from 8 to 32768, not 'banana'",
                "--size 4|not '4'",
                "--steps|--steps needs a value",
                "--until -1|above 0",
                "--until 1e-3 --steps 5|does not go together",
                "--sise 5|Unknown argument '--sise'",
            })
    void a_wrong_argument_says_what_would_be_right(String arguments, String message) {
        assertThatThrownBy(() -> HeatOptions.parse(arguments.split(" ")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }
}
