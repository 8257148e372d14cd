package io.muster.spec;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
        Optional<MpiRuntime> runtime) {
    /** Most ranks of one job. */
    public static final int MAX_RANKS = 65_536;
    /** Longest name in characters. */
    public static final int MAX_NAME = 80;

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String OWN_PREFIX = "MUSTER_";

    public JobSpec {
        // Jobs that an older version has written down name none.
        runtime = Objects.isNull(runtime) ? Optional.empty() : runtime;
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
        return new JobSpec(
                nameOf(program),
                program,
                ranks,
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Oversubscribe.REFUSE,
                Optional.empty());
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
        return new JobSpec(
                changed,
                program,
                ranks,
                perNode,
                inputs,
                outputs,
                environment,
                jvmOptions,
                wallTime,
                oversubscribe,
                runtime);
    }

    public JobSpec withPerNode(int changed) {
        return new JobSpec(
                name,
                program,
                ranks,
                Optional.of(changed),
                inputs,
                outputs,
                environment,
                jvmOptions,
                wallTime,
                oversubscribe,
                runtime);
    }

    public JobSpec withInputs(List<String> changed) {
        return new JobSpec(
                name,
                program,
                ranks,
                perNode,
                changed,
                outputs,
                environment,
                jvmOptions,
                wallTime,
                oversubscribe,
                runtime);
    }

    public JobSpec withOutputs(List<String> changed) {
        return new JobSpec(
                name,
                program,
                ranks,
                perNode,
                inputs,
                changed,
                environment,
                jvmOptions,
                wallTime,
                oversubscribe,
                runtime);
    }

    public JobSpec withEnvironment(Map<String, String> changed) {
        return new JobSpec(
                name, program, ranks, perNode, inputs, outputs, changed, jvmOptions, wallTime, oversubscribe, runtime);
    }

    public JobSpec withJvmOptions(List<String> changed) {
        return new JobSpec(
                name, program, ranks, perNode, inputs, outputs, environment, changed, wallTime, oversubscribe, runtime);
    }

    public JobSpec withWallTime(Duration changed) {
        return new JobSpec(
                name,
                program,
                ranks,
                perNode,
                inputs,
                outputs,
                environment,
                jvmOptions,
                Optional.of(changed),
                oversubscribe,
                runtime);
    }

    public JobSpec withOversubscribe(Oversubscribe changed) {
        return new JobSpec(
                name, program, ranks, perNode, inputs, outputs, environment, jvmOptions, wallTime, changed, runtime);
    }

    public JobSpec withRuntime(MpiRuntime changed) {
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
                Optional.of(changed));
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
