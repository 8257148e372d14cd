package io.muster.host;

import io.muster.launch.MpiLibrary;
import io.muster.launch.Program;
import io.muster.launch.RuntimeHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The command line of a program. */
public final class ProgramCommand {
    private static final List<String> JVM_OPTIONS = List.of("-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED");

    /** A rank lives among others that want the same cores: one collector thread, unless the user names a collector. */
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    private static final Pattern ANY_COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

    private ProgramCommand() {}

    /** Why a program cannot be started from a folder of this machine, as far as a look can tell; empty when it can. */
    public static Optional<String> problem(Program program, Path folder) {
        try {
            String first = of(program, MpiLibrary.MUSTER, List.of(), folder).getFirst();
            return first.contains("/") || isOnPath(first)
                    ? Optional.empty()
                    : Optional.of("there is no command " + first + " on PATH");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isOnPath(String command) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, command)));
    }

    /**
     * Makes the command line.
     *
     * @throws IOException when the program is not there; the message says what is missing
     */
    static List<String> of(Program program, MpiLibrary library, List<String> jvmOptions, Path workFolder)
            throws IOException {
        return switch (program) {
            case Program.Command command -> executable(command, workFolder);
            case Program.MainClass main ->
                java(
                        library,
                        jvmOptions,
                        classPath(library, main.classPath(), workFolder),
                        List.of(),
                        main.mainClass(),
                        main.arguments());
            case Program.Jar jar -> jar(jar, library, jvmOptions, workFolder);
        };
    }

    private static List<String> executable(Program.Command command, Path workFolder) throws IOException {
        List<String> line = new ArrayList<>();
        String name = command.command();
        if (name.contains("/")) {
            Path file = workFolder.resolve(name);
            if (!Files.isExecutable(file)) {
                throw new IOException(file + (Files.exists(file) ? " may not be executed" : " is not there"));
            }
            name = file.toString();
        }
        line.add(name);
        line.addAll(command.arguments());
        return line;
    }

    private static List<String> jar(Program.Jar program, MpiLibrary library, List<String> jvmOptions, Path workFolder)
            throws IOException {
        Path file = workFolder.resolve(program.jar());
        if (!Files.isRegularFile(file)) {
            throw new IOException("the jar " + file + " is not there");
        }
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String mainClass = attributes.getValue(Attributes.Name.MAIN_CLASS);
            if (mainClass == null) {
                throw new IOException(file + " names no Main-Class in its manifest; name the class and put the jar on"
                        + " the class path");
            }
            List<String> entries = new ArrayList<>(List.of(file.toString()));
            entries.addAll(program.classPath());
            return java(
                    library,
                    jvmOptions,
                    classPath(library, entries, workFolder),
                    opened(attributes),
                    mainClass.trim(),
                    program.arguments());
        }
    }

    /** What {@code java -jar} would take from the manifest, and {@code -cp} does not. */
    private static List<String> opened(Attributes attributes) {
        List<String> options = new ArrayList<>();
        for (String kind : List.of("Add-Opens", "Add-Exports")) {
            Optional.ofNullable(attributes.getValue(kind)).ifPresent(packages -> {
                for (String each : packages.trim().split(" +")) {
                    options.add("--" + kind.toLowerCase(Locale.ROOT) + "=" + each + "=ALL-UNNAMED");
                }
            });
        }
        return options;
    }

    private static List<String> java(
            MpiLibrary library,
            List<String> jvmOptions,
            String classPath,
            List<String> opened,
            String mainClass,
            List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(RuntimeHome.java().toString());
        if (library.kind() == MpiLibrary.Kind.MUSTER && HeapOptions.leaveRoomForCache(jvmOptions)) {
            line.addAll(RuntimeHome.startOptions(RuntimeHome.Role.RANK));
            if (!HeapOptions.sayHowLarge(jvmOptions) && HeapOptions.defaultIsSmall()) {
                line.add(HeapOptions.ROOM);
            }
        } else {
            line.addAll(RuntimeHome.quietOptions());
        }
        line.addAll(JVM_OPTIONS);
        if (jvmOptions.stream()
                .noneMatch(option -> ANY_COLLECTOR.matcher(option).matches())) {
            line.add(COLLECTOR);
        }
        line.addAll(opened);
        line.addAll(jvmOptions);
        line.add("-cp");
        line.add(classPath);
        if (library.kind() == MpiLibrary.Kind.MPJ_EXPRESS) {
            line.add(MpjExpressRank.class.getName());
        }
        line.add(mainClass);
        line.addAll(arguments);
        return line;
    }

    /** The library's own jar comes first: programs often carry an old {@code mpi} package along. */
    private static String classPath(MpiLibrary library, List<String> entries, Path workFolder) throws IOException {
        List<String> all = new ArrayList<>();
        switch (library.kind()) {
            case MUSTER -> all.add(RuntimeHome.jar().toString());
            case MPJ_EXPRESS -> MpjExpressWireUp.jars(library).forEach(jar -> all.add(jar.toString()));
            case OPEN_MPI, MPICH -> {}
        }
        for (String entry : entries) {
            for (String part : entry.split(File.pathSeparator)) {
                all.add(
                        part.endsWith("*")
                                ? wildcard(part, workFolder)
                                : workFolder.resolve(part).toString());
            }
        }
        if (library.kind() != MpiLibrary.Kind.MUSTER) {
            // For MpjExpressRank and the proofs. Last, as the package mpi of the library is the one to take.
            all.add(RuntimeHome.jar().toString());
        }
        return String.join(File.pathSeparator, all);
    }

    private static String wildcard(String part, Path workFolder) {
        return workFolder.resolve(part.substring(0, part.length() - 1)) + "/*";
    }
}
