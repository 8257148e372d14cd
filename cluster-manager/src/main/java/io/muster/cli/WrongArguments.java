package io.muster.cli;

import io.muster.cli.screen.ErrorBlock;
import io.muster.spec.Spelling;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what the argument parser refused into a block for the user. */
final class WrongArguments {
    private static final Set<String> JOB_COMMANDS = Set.of("run", "submit");

    private WrongArguments() {}

    static ErrorBlock explain(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        String help = command + " --help shows how it is used";
        return switch (wrong) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched, command, help);
            case MissingParameterException missing -> new ErrorBlock(sentence(missing), command, "", help);
            default -> new ErrorBlock(sentence(wrong), command, "", help);
        };
    }

    private static ErrorBlock unknown(UnmatchedArgumentException unmatched, String command, String help) {
        String first = unmatched.getUnmatched().isEmpty()
                ? ""
                : unmatched.getUnmatched().getFirst();
        boolean root = unmatched.getCommandLine().getParent() == null;
        String what = unmatched.isUnknownOption()
                ? "there is no option " + first.replaceFirst("=.*", "")
                : root ? "there is no command \"" + first + "\"" : "one argument too many";
        boolean job = JOB_COMMANDS.contains(
                unmatched.getCommandLine().getCommandSpec().name());
        Optional<String> habit = job && unmatched.isUnknownOption()
                ? Habits.ofJobOption(first.replaceFirst("=.*", ""))
                : root ? Habits.ofCommand(first) : Optional.empty();
        if (habit.isPresent()) {
            return new ErrorBlock(what, command, "", habit.get());
        }
        if (job && hasProgram(unmatched)) {
            return new ErrorBlock(
                    what, command, first, "if it belongs to the program, put -- before the program; " + help);
        }
        String next = nearest(unmatched, first)
                .map(name -> "did you mean " + name + "? " + help)
                .orElse(help);
        return new ErrorBlock(what, command, String.join(" ", unmatched.getUnmatched()), next);
    }

    private static Optional<String> nearest(UnmatchedArgumentException unmatched, String typed) {
        CommandSpec spec = unmatched.getCommandLine().getCommandSpec();
        return unmatched.isUnknownOption()
                ? Spelling.nearest(
                        typed.replaceFirst("=.*", ""), spec.optionsMap().keySet())
                : Spelling.nearest(typed, spec.subcommands().keySet());
    }

    private static boolean hasProgram(UnmatchedArgumentException unmatched) {
        return unmatched.getCommandLine().getParseResult() != null
                && unmatched
                                .getCommandLine()
                                .getParseResult()
                                .matchedPositionals()
                                .size()
                        > 1;
    }

    private static String sentence(ParameterException wrong) {
        String message = wrong.getMessage() == null ? "wrong arguments" : wrong.getMessage();
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
