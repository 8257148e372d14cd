package io.muster.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node may name what it likes: only what was asked for is written, and only where outputs belong. */
final class OutputNamesTest {
    @TempDir
    Path folder;

    private OutputNames names(String... globs) {
        return new OutputNames(folder, List.of(globs));
    }

    @ParameterizedTest
    @ValueSource(strings = {"heat.png", "über.png", "a b.png"})
    void what_was_asked_for_is_taken(String name) {
        assertThatNoException().isThrownBy(() -> names("*.png").check(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Makefile",
                ".git/hooks/post-checkout.png",
                "/etc/cron.d/x.png",
                "../x.png",
                "a/../../x.png",
                "./x.png",
                "a//x.png",
                "",
                " ",
                "x\u001b]0;title\u0007.png",
                "x\ny.png",
                "x\u202egnp.png"
            })
    void what_was_not_asked_for_is_refused(String name) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> names("*.png").check(name))
                .withMessageContaining("refused")
                .satisfies(e ->
                        assertThat(String.valueOf(e.getMessage()).codePoints()).noneMatch(Character::isISOControl));
    }

    @Test
    void no_glob_lets_a_name_out_of_the_folder() {
        for (String name : List.of("../x", "a/../../x", "/x")) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> names("**", "../*", "/*").check(name));
        }
    }

    @Test
    void folders_are_made_and_used_again() throws IOException {
        Path placed = names("**").place("run/1/heat.png");
        assertThat(placed).isEqualTo(folder.resolve("run/1/heat.png"));
        assertThat(placed.getParent()).isDirectory();
        assertThat(names("**").place("run/1/other.png").getParent()).isEqualTo(placed.getParent());
    }

    @Test
    void a_link_on_the_way_is_not_followed() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("link"), outside);
        OutputNames names = new OutputNames(inside, List.of("**"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> names.place("link/x"))
                .withMessageContaining("symbolic link");
        assertThat(outside).isEmptyDirectory();
    }
}
