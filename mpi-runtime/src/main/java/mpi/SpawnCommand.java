package mpi;

import io.muster.launch.Program;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.wireup.SpawnPart;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the arguments of spawn mean. */
final class SpawnCommand {
    private SpawnCommand() {}

    /** The arguments of spawnMultiple; {@code null} for no arguments and no hints. */
    static List<SpawnPart> parts(
            String[] commands, String @Nullable [] @Nullable [] arguments, int[] ranks, Info @Nullable [] infos) {
        if (commands.length == 0
                || ranks.length < commands.length
                || (arguments != null && arguments.length < commands.length)
                || (infos != null && infos.length < commands.length)) {
            throw new Failure(
                    ErrorClass.ARG,
                    commands.length + " commands, but " + ranks.length + " numbers of ranks, "
                            + (arguments == null ? 0 : arguments.length) + " lists of arguments and "
                            + (infos == null ? 0 : infos.length) + " infos");
        }
        SpawnPart[] parts = new SpawnPart[commands.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part(
                    commands[i],
                    arguments == null ? null : arguments[i],
                    ranks[i],
                    infos == null ? MPI.INFO_NULL : infos[i]);
        }
        return List.of(parts);
    }

    static SpawnPart part(String command, String @Nullable [] arguments, int ranks, @Nullable Info info) {
        if (ranks < 1) {
            throw new Failure(ErrorClass.ARG, "maxprocs=" + ranks + "; it must be at least 1");
        }
        if (command.isBlank()) {
            throw new Failure(ErrorClass.SPAWN, "the command is empty");
        }
        Optional<String> folder = hint(info, "wdir");
        List<String> path = list(info, "path", File.pathSeparator);
        if (Stream.of(Stream.of(command), folder.stream(), path.stream())
                .flatMap(each -> each)
                .anyMatch(each -> each.indexOf('\0') >= 0)) {
            throw new Failure(ErrorClass.ARG, "a path has a null character");
        }
        List<String> words = arguments == null ? List.of() : List.copyOf(Arrays.asList(arguments));
        JavaCommandLine line = line(command, words);
        return new SpawnPart(line.program(), line.jvmOptions(), ranks, folder, path, list(info, "host", ","));
    }

    /** A jar by its end, a class when the class path has it, the {@code java} of these ranks, or any command. */
    private static JavaCommandLine line(String command, List<String> words) {
        List<String> classPath = classPath();
        if (command.endsWith(".jar")) {
            return new JavaCommandLine(new Program.Jar(command, List.of(), words), List.of());
        }
        if (isClass(command)) {
            return new JavaCommandLine(new Program.MainClass(command, classPath, words), List.of());
        }
        Optional<JavaCommandLine> java =
                command.equals("java") ? JavaCommandLine.of(words, classPath) : Optional.empty();
        return java.orElseGet(() -> new JavaCommandLine(new Program.Command(command, words), List.of()));
    }

    private static boolean isClass(String command) {
        return command.matches("[\\p{L}\\p{N}_$.]+")
                && ClassLoader.getSystemResource(command.replace('.', '/') + ".class") != null;
    }

    /** That of this rank, wherever the others will work. */
    private static List<String> classPath() {
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .toList();
    }

    private static Optional<String> hint(@Nullable Info info, String key) {
        return info == null || info.isNull() ? Optional.empty() : Optional.ofNullable(info.get(key));
    }

    private static List<String> list(@Nullable Info info, String key, String separator) {
        return hint(info, key).stream()
                .flatMap(value -> Stream.of(value.split(separator)))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
