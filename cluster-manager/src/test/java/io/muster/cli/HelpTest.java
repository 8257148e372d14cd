package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.screen.Destination.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

final class HelpTest {
    @TempDir
    Path folder;

    private CliFixture cli;

    @BeforeEach
    void prepare() {
        cli = new CliFixture(folder);
    }

    static List<String> commands() {
        return Commands.names();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void the_help_of_a_command_shows_every_option_and_examples(String command) {
        assertThat(cli.run(command, "--help")).isZero();

        String help = cli.out();
        CommandLine parser = Commands.parser(cli.session(), command).getSubcommands().values().stream()
                .filter(candidate -> candidate.getCommandName().equals(command))
                .findFirst()
                .orElseThrow();
        for (OptionSpec option : parser.getCommandSpec().options()) {
            assertThat(help).contains(option.names());
        }
        assertThat(help).contains("Usage: muster " + command, "Examples:\n  ", "muster " + command);
        assertThat(parser.getCommandSpec().usageMessage().header()).isNotEmpty();
        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(cli.err()).isEmpty();
        assertThat(cli.opened).hasValue(0);
    }

    @Test
    void the_help_of_muster_shows_every_command() {
        assertThat(cli.run("--help")).isZero();
        assertThat(cli.out())
                .contains(commands())
                .contains("Exit codes", "MUSTER_HOME", "see everything once, on this machine\n  muster up");
    }

    @Test
    void the_version_is_printed_without_a_manager() {
        assertThat(cli.run("--version")).isZero();
        assertThat(cli.out()).startsWith("muster ");
        assertThat(cli.opened).hasValue(0);
    }

    @Test
    void an_unknown_command_has_a_nearest_one() {
        assertThat(cli.run("statsu", "demo")).isEqualTo(2);
        assertThat(cli.err())
                .contains("muster: there is no command \"statsu\"", "did you mean status?", "muster --help");
    }

    @ParameterizedTest
    @CsvSource({"squeue,muster jobs", "create-cluster,muster up", "sinfo,muster status", "srun,muster run"})
    void a_command_of_another_tool_is_answered_with_the_one_here(String typed, String here) {
        assertThat(cli.run(typed)).isEqualTo(2);
        assertThat(cli.err()).contains(here);
    }

    @Test
    void help_is_a_command_too() {
        assertThat(cli.run("help")).isZero();
        assertThat(cli.out()).contains("COMMAND");
        assertThat(cli.run("help", "run")).isZero();
        assertThat(cli.out()).contains("--per-node");
    }

    @Test
    void an_unknown_option_has_a_nearest_one() {
        assertThat(cli.run("logs", "heat.1", "--rnak=2")).isEqualTo(2);
        assertThat(cli.err()).contains("there is no option --rnak", "did you mean --rank?", "muster logs --help");
    }

    @Test
    void no_command_and_wrong_values_are_wrong_input() {
        assertThat(cli.run()).isEqualTo(2);
        assertThat(cli.err()).contains("muster: missing command", "muster --help");
        assertThat(cli.run("status", "--output", "xml")).isEqualTo(2);
        assertThat(cli.err()).contains("xml");
        assertThat(cli.run("status", "a", "b")).isEqualTo(2);
        assertThat(cli.err()).contains("one argument too many");
    }

    @Test
    void colour_is_for_terminals_and_not_against_the_users_will() {
        cli.outKind = Kind.TERMINAL;
        cli.errKind = Kind.TERMINAL;
        cli.run("--help");
        assertThat(cli.out()).contains("\033[");
        cli.run("bogus");
        assertThat(cli.err()).contains("\033[1;31mmuster:\033[0m");

        cli.environment.put("NO_COLOR", "1");
        cli.run("--help");
        assertThat(cli.out()).doesNotContain("\033[");
        cli.run("bogus");
        assertThat(cli.err()).doesNotContain("\033[");
    }

    @Test
    void completion_is_a_script_for_every_command() {
        assertThat(cli.run("completion")).isZero();
        assertThat(cli.out()).contains("complete -F _complete_muster").contains(commands());
    }
}
