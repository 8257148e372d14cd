package io.muster.spec;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What the user wants to run. Start from {@link #of} and refine with the {@code with…} methods.
 *
 * @param name for people; up to {@value #MAX_NAME} printable characters
 * @param program what every rank runs
 * @param ranks number of ranks, 1 to {@value #MAX_RANKS}
 * @param perNode ranks on one node; default: as many as it has slots
 * @param inputs globs of files on the submitting machine that every node gets
 * @param outputs globs of files in the working folder of the ranks that come back
 * @param environment variables that every rank gets, in this order
 * @param jvmOptions options of the Java virtual machine of a rank
 * @param wallTime how long the job may run before it is ended
 * @param oversubscribe whether it may have more ranks than slots
 * @param runtime the message-passing library; that of the cluster when empty
 * @param preparation what is done on the nodes before the ranks start
 * @param stdin file on the submitting machine that rank 0 reads from its standard input
 */
public record JobSpec(
        String name,
        Program program,
        int ranks,
        Optional<Integer> perNode,
        List<String> inputs,
        List<String> outputs,
        Map<String, String> environment,
        List<String> jvmOptions,
        Optional<Duration> wallTime,
        Oversubscribe oversubscribe,
        Optional<MpiRuntime> runtime,
        Preparation preparation,
        Optional<String> stdin) {
    /** Most ranks of one job. */
    public static final int MAX_RANKS = 65_536;
    /** Longest name in characters. */
    public static final int MAX_NAME = 80;

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String OWN_PREFIX = "MUSTER_";

    public JobSpec {
        // Jobs that an older version has written down do not have these.
        runtime = Objects.isNull(runtime) ? Optional.empty() : runtime;
        preparation = Objects.isNull(preparation) ? Preparation.NONE : preparation;
        stdin = Objects.isNull(stdin) ? Optional.empty() : stdin;
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        jvmOptions = List.copyOf(jvmOptions);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        check(
                !name.isBlank() && name.length() <= MAX_NAME,
                "the job's name has " + name.length() + " characters; it needs 1 to " + MAX_NAME);
        check(
                name.codePoints().noneMatch(Character::isISOControl),
                "the job's name \"" + Printable.of(name) + "\" has control characters");
        check(ranks >= 1 && ranks <= MAX_RANKS, ranks + " ranks; a job has 1 to " + MAX_RANKS);
        perNode.ifPresent(count -> check(count >= 1 && count <= MAX_RANKS, count + " ranks per node; at least 1"));
        wallTime.ifPresent(span -> check(span.isPositive(), "a wall time of " + span + "; it must be above 0"));
        environment.forEach(JobSpec::checkVariable);
        inputs.forEach(glob -> check(!glob.isBlank(), "an input pattern is empty"));
        outputs.forEach(JobSpec::checkOutput);
        jvmOptions.forEach(option -> check(!option.isBlank(), "a JVM option is empty"));
    }

    /** A job of this many ranks with nothing else asked for, named after its program. */
    public static JobSpec of(Program program, int ranks) {
        return new Draft(nameOf(program), program, ranks).spec();
    }

    /** The name that a job has when nobody gave it one: the jar's, class's or command's last part. */
    public static String nameOf(Program program) {
        String full = switch (program) {
            case Program.Jar jar -> jar.path().replaceFirst("\\.jar$", "");
            case Program.MainClass main -> main.name().replace('.', '/');
            case Program.Command command -> command.words().getFirst();
        };
        String last = full.substring(full.lastIndexOf('/') + 1);
        String printable = Printable.of(last.isBlank() ? full : last);
        return printable.substring(0, Math.min(MAX_NAME, printable.length()));
    }

    public JobSpec withName(String changed) {
        return changed(draft -> draft.name = changed);
    }

    public JobSpec withPerNode(int changed) {
        return changed(draft -> draft.perNode = Optional.of(changed));
    }

    public JobSpec withInputs(List<String> changed) {
        return changed(draft -> draft.inputs = changed);
    }

    public JobSpec withOutputs(List<String> changed) {
        return changed(draft -> draft.outputs = changed);
    }

    public JobSpec withEnvironment(Map<String, String> changed) {
        return changed(draft -> draft.environment = changed);
    }

    public JobSpec withJvmOptions(List<String> changed) {
        return changed(draft -> draft.jvmOptions = changed);
    }

    public JobSpec withWallTime(Duration changed) {
        return changed(draft -> draft.wallTime = Optional.of(changed));
    }

    public JobSpec withOversubscribe(Oversubscribe changed) {
        return changed(draft -> draft.oversubscribe = changed);
    }

    public JobSpec withRuntime(MpiRuntime changed) {
        return changed(draft -> draft.runtime = Optional.of(changed));
    }

    public JobSpec withPreparation(Preparation changed) {
        return changed(draft -> draft.preparation = changed);
    }

    public JobSpec withStdin(String changed) {
        return changed(draft -> draft.stdin = Optional.of(changed));
    }

    private JobSpec changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.spec();
    }

    /** A job in the making. */
    private static final class Draft {
        private final Program program;
        private final int ranks;
        private String name;
        private Optional<Integer> perNode = Optional.empty();
        private List<String> inputs = List.of();
        private List<String> outputs = List.of();
        private Map<String, String> environment = Map.of();
        private List<String> jvmOptions = List.of();
        private Optional<Duration> wallTime = Optional.empty();
        private Oversubscribe oversubscribe = Oversubscribe.REFUSE;
        private Optional<MpiRuntime> runtime = Optional.empty();
        private Preparation preparation = Preparation.NONE;
        private Optional<String> stdin = Optional.empty();

        Draft(String name, Program program, int ranks) {
            this.name = name;
            this.program = program;
            this.ranks = ranks;
        }

        Draft(JobSpec spec) {
            this(spec.name, spec.program, spec.ranks);
            perNode = spec.perNode;
            inputs = spec.inputs;
            outputs = spec.outputs;
            environment = spec.environment;
            jvmOptions = spec.jvmOptions;
            wallTime = spec.wallTime;
            oversubscribe = spec.oversubscribe;
            runtime = spec.runtime;
            preparation = spec.preparation;
            stdin = spec.stdin;
        }

        JobSpec spec() {
            return new JobSpec(
                    name,
                    program,
                    ranks,
                    perNode,
                    inputs,
                    outputs,
                    environment,
                    jvmOptions,
                    wallTime,
                    oversubscribe,
                    runtime,
                    preparation,
                    stdin);
        }
    }

    private static void checkVariable(String key, String value) {
        check(
                VARIABLE.matcher(key).matches(),
                "\"" + Printable.of(key) + "\" is no name of an environment variable; use letters, digits and _");
        check(
                !key.startsWith(OWN_PREFIX),
                "the environment variable " + key + " is Muster's own; choose a name without " + OWN_PREFIX);
        check(value.indexOf('\0') < 0, "the environment variable " + key + " has a zero byte");
    }

    private static void checkOutput(String glob) {
        check(!glob.isBlank(), "an output pattern is empty");
        check(
                !glob.startsWith("/") && !List.of(glob.split("/")).contains(".."),
                "the output pattern \"" + Printable.of(glob)
                        + "\" leaves the working folder of the job; name files in it");
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
