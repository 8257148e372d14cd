package io.muster.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;

/** The commands by name. Only the one that is called is built: each costs start-up time. */
final class Commands {
    private static final Map<String, Function<Session, Object>> ALL = all();
    private static final Set<String> OPTIONS_WITH_VALUE = Set.of("--output");

    private static final Set<String> WITH_JVM_OPTIONS = Set.of("run", "submit", "mpirun");

    private Commands() {}

    private static Map<String, Function<Session, Object>> all() {
        Map<String, Function<Session, Object>> commands = new LinkedHashMap<>();
        commands.put("plan", PlanCommand::new);
        commands.put("up", UpCommand::new);
        commands.put("scale", ScaleCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("ssh", SshCommand::new);
        commands.put("run", RunCommand::new);
        commands.put("submit", SubmitCommand::new);
        commands.put("jobs", JobsCommand::new);
        commands.put("logs", LogsCommand::new);
        commands.put("cancel", CancelCommand::new);
        commands.put("events", EventsCommand::new);
        commands.put("down", DownCommand::new);
        commands.put("gc", GcCommand::new);
        commands.put("mpirun", MpirunCommand::new);
        commands.put("image", ImageCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }

    /** The parser with the command that these arguments call, or with all of them when they call none. */
    static CommandLine parser(Session session, String... args) {
        CommandLine root = new CommandLine(new RootCommand(session));
        String called = firstWord(args);
        Set<String> names = ALL.containsKey(called) && !called.equals("completion") ? Set.of(called) : ALL.keySet();
        ALL.forEach((name, command) -> {
            if (names.contains(name)) {
                root.addSubcommand(name, command.apply(session));
            }
        });
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.getSubcommands().forEach(Commands::adapt);
        return root;
    }

    private static void adapt(String name, CommandLine command) {
        // A program's own options follow it without "--", as everybody writes it.
        command.setStopAtPositional(name.equals("mpirun"));
        // Else the parser takes "-verbose:gc" after --jvm-opt for its own -v.
        command.setAllowOptionsAsOptionParameters(WITH_JVM_OPTIONS.contains(name));
    }

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    private static String firstWord(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (OPTIONS_WITH_VALUE.contains(args[i])) {
                i++;
            } else if (!args[i].startsWith("-")) {
                return args[i];
            }
        }
        return "";
    }
}
