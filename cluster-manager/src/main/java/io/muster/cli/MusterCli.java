package io.muster.cli;

import io.muster.api.MusterException;
import io.muster.cli.screen.ClosedOutput;
import io.muster.cli.screen.Screen;
import io.muster.cli.screen.Style.Colour;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** One invocation of the command: arguments in, exit code out. Everything it says goes to its surroundings. */
final class MusterCli {
    private final Surroundings surroundings;
    private final Interrupts interrupts;

    MusterCli(Surroundings surroundings, Interrupts interrupts) {
        this.surroundings = surroundings;
        this.interrupts = interrupts;
    }

    /** Blocks until the command is done. */
    int run(String... args) {
        Session session = new Session(surroundings, interrupts);
        try (session) {
            return parseAndRun(session, args);
        } catch (RuntimeException | Error e) {
            // The last line before the user: an error of the virtual machine, too, ends in a block and a report.
            return failed(session, e, args);
        }
    }

    /** {@code help} and {@code help COMMAND} are what {@code --help} is. */
    private static String[] withoutHelpWord(String... args) {
        if (args.length == 0 || !args[0].equals("help")) {
            return args;
        }
        List<String> words = new ArrayList<>(List.of(args).subList(1, args.length));
        words.add("--help");
        return words.toArray(String[]::new);
    }

    private int parseAndRun(Session session, String... typed) {
        String[] args = withoutHelpWord(typed);
        CommandLine parser = Commands.parser(session, args);
        Screen screen = session.screen();
        StringWriter help = new StringWriter();
        parser.setColorScheme(
                CommandLine.Help.defaultColorScheme(screen.outColour() == Colour.ANSI ? Ansi.ON : Ansi.OFF));
        parser.setOut(new PrintWriter(help));
        parser.setParameterExceptionHandler((wrong, _) -> {
            screen.say(WrongArguments.explain(wrong).render(screen));
            return ExitCode.WRONG_INPUT;
        });
        parser.setExecutionExceptionHandler((failure, _, _) -> failed(session, failure, args));
        int code = parser.execute(args);
        if (!help.toString().isEmpty()) {
            screen.print(help.toString().stripTrailing());
        }
        return code;
    }

    private int failed(Session session, Throwable failure, String... args) {
        Screen screen = session.screen();
        if (failure instanceof ClosedOutput) {
            return ExitCode.DONE;
        }
        if (failure instanceof MusterException known) {
            screen.say(Failures.block(known).render(screen));
        } else if (interrupts.happened()) {
            // Whatever broke then broke because the user wanted out; with --verbose it can be read.
            screen.say(Failures.interrupted(failure).render(screen));
        } else if (failure instanceof UncheckedIOException unreadable) {
            screen.say(Failures.block(unreadable, surroundings.home()).render(screen));
        } else {
            screen.say(CrashReport.write(failure, surroundings, args).render(screen));
        }
        if (session.isVerbose()) {
            screen.say(StackTraces.text(failure));
        }
        return interrupts.happened() ? ExitCode.INTERRUPTED : codeOf(failure);
    }

    private static int codeOf(Throwable failure) {
        return failure instanceof MusterException known ? known.kind().exitCode() : ExitCode.INFRASTRUCTURE;
    }
}
