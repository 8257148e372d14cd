package io.muster.mpirun;

import io.muster.launch.OutputPrinter;
import io.muster.launch.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The command line of mpirun. */
public final class MpirunArguments {
    /** What a person can write. */
    public static final String USAGE = """
            Usage: mpirun -n RANKS [options] program [args...]
              program              x.jar, a main.Class, or any command
              -n, -np RANKS        number of ranks
              --cp PATH            class path of a main class, or further entries beside a jar
              --env NAME=VALUE     variable for every rank; may be repeated
              --jvm-opt OPTION     option for the JVM of every rank; may be repeated
              --tag-output         [rank] before every line
              --transport NAME     shm or tcp; the default chooses
              --time SECONDS       end the ranks after this time, with exit code 124
            """;

    /** The variable that tells ranks which transport to use. */
    public static final String TRANSPORT_VARIABLE = "MUSTER_TRANSPORT";

    private static final Pattern CLASS_NAME =
            Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");

    /** What the arguments mean. */
    public sealed interface Parsed {
        /** Show the usage. */
        record Help() implements Parsed {}

        /** Something is wrong. */
        record Wrong(String problem) implements Parsed {}

        /** Run this. */
        record Right(MpirunOrder order) implements Parsed {}
    }

    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();
    private OutputPrinter.Tags tags = OutputPrinter.Tags.NONE;
    private Optional<Duration> wallTime = Optional.empty();
    private int ranks = 1;
    private boolean help;

    private MpirunArguments() {}

    /** Understands the arguments. */
    public static Parsed parse(List<String> arguments) {
        Deque<String> left = new ArrayDeque<>(arguments);
        MpirunArguments parsed = new MpirunArguments();
        while (!left.isEmpty() && left.getFirst().startsWith("-")) {
            String option = left.removeFirst();
            if (option.equals("--")) {
                break;
            }
            Optional<String> problem = parsed.option(option, left);
            if (problem.isPresent()) {
                return new Parsed.Wrong(problem.get());
            }
            if (parsed.help) {
                return new Parsed.Help();
            }
        }
        if (left.isEmpty()) {
            return new Parsed.Wrong("no program is named");
        }
        return parsed.order(left.removeFirst(), List.copyOf(left));
    }

    private Parsed order(String program, List<String> arguments) {
        try {
            return new Parsed.Right(new MpirunOrder(
                    program(program, classPath, arguments),
                    ranks,
                    Path.of("").toAbsolutePath(),
                    environment,
                    jvmOptions,
                    tags,
                    wallTime));
        } catch (IllegalArgumentException e) {
            return new Parsed.Wrong(String.valueOf(e.getMessage()));
        }
    }

    /** What a name on a command line means: a jar by its end, a class by its look or when a class path is given. */
    public static Program program(String name, List<String> classPath, List<String> arguments) {
        if (name.endsWith(".jar")) {
            return new Program.Jar(name, classPath, arguments);
        }
        String lastPart = name.substring(name.lastIndexOf('.') + 1);
        boolean looksLikeClass = CLASS_NAME.matcher(name).matches()
                && Character.isUpperCase(lastPart.codePointAt(0))
                && !Files.exists(Path.of(name));
        if (looksLikeClass || !classPath.isEmpty()) {
            return new Program.MainClass(name, classPath.isEmpty() ? List.of(".") : classPath, arguments);
        }
        return new Program.Command(name, arguments);
    }

    /** Takes one option; the result is what is wrong with it. */
    private Optional<String> option(String option, Deque<String> left) {
        switch (option) {
            case "-h", "--help" -> help = true;
            case "--tag-output" -> tags = OutputPrinter.Tags.RANK;
            default -> {
                if (!List.of("-n", "-np", "--cp", "-cp", "--env", "--jvm-opt", "--transport", "--time")
                        .contains(option)) {
                    return Optional.of("there is no option " + option);
                }
                if (left.isEmpty()) {
                    return Optional.of(option + " needs a value");
                }
                return valued(option, left.removeFirst());
            }
        }
        return Optional.empty();
    }

    private Optional<String> valued(String option, String value) {
        switch (option) {
            case "-n", "-np" -> {
                if (!value.matches("[0-9]{1,6}")) {
                    return Optional.of(option + " is '" + value + "', not a number of ranks");
                }
                ranks = Integer.parseInt(value);
            }
            case "--env" -> {
                int equals = value.indexOf('=');
                if (equals < 1) {
                    return Optional.of("--env is '" + value + "', not NAME=VALUE");
                }
                environment.put(value.substring(0, equals), value.substring(equals + 1));
            }
            case "--transport" -> {
                if (!value.equals("shm") && !value.equals("tcp")) {
                    return Optional.of("--transport is '" + value + "', neither shm nor tcp");
                }
                environment.put(TRANSPORT_VARIABLE, value);
            }
            case "--time" -> {
                if (!value.matches("[1-9][0-9]{0,8}")) {
                    return Optional.of("--time is '" + value + "', not a number of seconds");
                }
                wallTime = Optional.of(Duration.ofSeconds(Long.parseLong(value)));
            }
            case "--jvm-opt" -> jvmOptions.add(value);
            default -> classPath.add(value);
        }
        return Optional.empty();
    }
}
