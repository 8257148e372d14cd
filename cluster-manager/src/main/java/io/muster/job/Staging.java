package io.muster.job;

import io.muster.agent.StagedFile;
import io.muster.api.MusterException;
import io.muster.launch.MpiLibrary;
import io.muster.launch.StandardInput;
import io.muster.spec.JobSpec;
import io.muster.spec.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What goes to every node of a job before it starts, and how the program is called there. Files keep their path
 * relative to the user's folder; what lies outside of it goes under its file name.
 *
 * @param files everything to bring to the work folder, without doubles
 * @param plainProgram the program with paths as they are in the work folder
 * @param python the environment of Python that it runs in
 * @param stdin what rank 0 reads
 */
record Staging(
        List<StagedFile> files,
        io.muster.launch.Program plainProgram,
        Optional<PythonEnvironment> python,
        StandardInput stdin) {
    /** Most files that one job may bring along. */
    static final int MAX_FILES = 100_000;

    /**
     * Looks at the user's files; copies nothing.
     *
     * @param folder absolute folder that relative paths and globs start from
     * @throws MusterException (INPUT) when a jar, class path entry or input is missing; what a job builds may be
     */
    static Staging of(JobSpec spec, Path folder) {
        Collector collector = new Collector(folder, spec.preparation().build().isPresent());
        spec.inputs().forEach(collector::addInputs);
        Optional<String> requirements =
                spec.preparation().requirements().map(path -> collector.addFile("the requirements file", path));
        collector.addArguments(spec.program().args(), spec.outputs());
        io.muster.launch.Program program = switch (spec.program()) {
            case Program.Jar jar ->
                new io.muster.launch.Program.Jar(collector.addFile("the jar", jar.path()), List.of(), jar.args());
            case Program.MainClass main ->
                new io.muster.launch.Program.MainClass(
                        main.name(),
                        main.classPath().stream()
                                .map(collector::addClassPathEntry)
                                .toList(),
                        main.args());
            case Program.Command command -> collector.command(command);
        };
        StandardInput stdin = spec.stdin()
                .<StandardInput>map(
                        path -> new StandardInput.OfFile(collector.addFile("the file for standard input", path)))
                .orElse(StandardInput.NOTHING);
        List<StagedFile> files = List.copyOf(collector.files.values());
        return new Staging(files, program, requirements.map(path -> environment(path, files, program)), stdin);
    }

    private static PythonEnvironment environment(
            String requirements, List<StagedFile> files, io.muster.launch.Program program) {
        if (!(program instanceof io.muster.launch.Program.Command)) {
            throw new MusterException(
                    MusterException.Kind.INPUT,
                    "a requirements file is for programs in Python",
                    requirements,
                    "a Java program",
                    "leave --requirements out, or name the command: -- python3 PROGRAM.py");
        }
        try {
            return PythonEnvironment.of(requirements, files);
        } catch (IOException e) {
            throw new MusterException(
                    MusterException.Kind.INPUT,
                    "the requirements file or a wheel cannot be read",
                    requirements,
                    String.valueOf(e.getMessage()),
                    "check its permissions",
                    e);
        }
    }

    /** The program as a rank calls it on this library. */
    io.muster.launch.Program program(MpiLibrary library) {
        return python.isPresent() && plainProgram instanceof io.muster.launch.Program.Command command
                ? python.get().around(command, library)
                : plainProgram;
    }

    private static final class Collector {
        private final Path folder;
        private final boolean builds;
        private final Map<String, StagedFile> files = new LinkedHashMap<>();

        Collector(Path folder, boolean builds) {
            this.folder = folder;
            this.builds = builds;
        }

        /** Arguments that are files below the folder go along, unless they are outputs, as of an earlier run. */
        void addArguments(List<String> arguments, List<String> outputs) {
            for (String argument : arguments) {
                Optional<Path> file = argumentFile(argument);
                if (file.isPresent()) {
                    Path relative = folder.relativize(file.get());
                    if (outputs.stream().noneMatch(glob -> Globs.matches(glob, relative))) {
                        add(file.get(), slashed(relative));
                    }
                }
            }
        }

        private Optional<Path> argumentFile(String argument) {
            try {
                Path file = folder.resolve(argument).normalize();
                boolean mine = !argument.isBlank() && !argument.startsWith("/") && file.startsWith(folder);
                return mine && Files.isRegularFile(file) && Files.isReadable(file)
                        ? Optional.of(file)
                        : Optional.empty();
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }

        /** A program that the user has here goes along; any other one is expected on the nodes. */
        io.muster.launch.Program command(Program.Command command) {
            String word = command.words().getFirst();
            boolean mine = !word.startsWith("/")
                    && word.contains("/")
                    && (Files.isRegularFile(folder.resolve(word))
                            || willBeBuilt(folder.resolve(word).normalize()));
            if (!mine) {
                refuseWhatIsMeantOtherwise(word);
            }
            String there = mine ? "./" + addFile("the program", word) : word;
            return new io.muster.launch.Program.Command(there, command.args());
        }

        /** Commands are looked for on the nodes, not here. */
        private void refuseWhatIsMeantOtherwise(String word) {
            if (word.contains("/")) {
                return;
            }
            Path file = folder.resolve(word);
            if (Files.isRegularFile(file) && (Files.isExecutable(file) || word.endsWith(".sh"))) {
                throw otherwise(word, "a file of that name is in " + folder, "write ./" + word + " to bring it along");
            }
            if (Files.isRegularFile(folder.resolve(word.replace('.', '/') + ".class"))) {
                throw otherwise(word, "a class of that name is in " + folder, "add --cp . before the --");
            }
        }

        private static MusterException otherwise(String word, String seen, String next) {
            return new MusterException(
                    MusterException.Kind.INPUT,
                    word + " would be looked for among the commands of the nodes",
                    "the program of the job",
                    seen,
                    next + "; for the command of the nodes, give its path");
        }

        String addFile(String what, String named) {
            Path file = folder.resolve(named).normalize();
            if (willBeBuilt(file)) {
                return slashed(folder.relativize(file));
            }
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new MusterException(
                        MusterException.Kind.INPUT,
                        what + " is not there",
                        file.toString(),
                        Files.isDirectory(file) ? "a folder" : Files.exists(file) ? "not readable" : "no such file",
                        "check the path; relative paths start from " + folder);
            }
            String there = placeFor(file);
            add(file, there);
            return there;
        }

        String addClassPathEntry(String named) {
            Path entry = folder.resolve(named).normalize();
            if (!Files.isDirectory(entry)) {
                return addFile("a class path entry", named);
            }
            String there = entry.equals(folder) ? "classes" : placeFor(entry);
            for (Path file : below(entry)) {
                add(file, there + "/" + slashed(entry.relativize(file)));
            }
            return there;
        }

        void addInputs(String glob) {
            List<Path> found = Globs.files(folder, glob);
            if (found.isEmpty()) {
                throw new MusterException(
                        MusterException.Kind.INPUT,
                        "an input pattern matches nothing",
                        "--in " + glob,
                        "no file in " + folder,
                        "check the pattern; quote it so that the shell leaves it alone");
            }
            found.forEach(file -> add(file, placeFor(file)));
        }

        private boolean willBeBuilt(Path file) {
            return builds && !Files.exists(file) && file.startsWith(folder) && !file.equals(folder);
        }

        private void add(Path file, String there) {
            StagedFile before = files.put(there, new StagedFile(file, there, Files.isExecutable(file)));
            if (before != null && !before.local().equals(file)) {
                throw new MusterException(
                        MusterException.Kind.INPUT,
                        "two files would have the same place on the nodes",
                        there,
                        before.local() + " and " + file,
                        "give one of them another name, or submit from a folder that holds both");
            }
            if (files.size() > MAX_FILES) {
                throw new MusterException(
                        MusterException.Kind.INPUT,
                        "too many files to bring along",
                        folder.toString(),
                        "more than " + MAX_FILES,
                        "pack them into an archive, or name fewer");
            }
        }

        private String placeFor(Path file) {
            return file.startsWith(folder) && !file.equals(folder)
                    ? slashed(folder.relativize(file))
                    : String.valueOf(file.getFileName());
        }

        private static List<Path> below(Path folder) {
            try (Stream<Path> paths = Files.walk(folder)) {
                return new ArrayList<>(
                        paths.filter(Files::isRegularFile).sorted().toList());
            } catch (IOException e) {
                throw new MusterException(
                        MusterException.Kind.INPUT,
                        "a folder cannot be read",
                        folder.toString(),
                        String.valueOf(e.getMessage()),
                        "check its permissions",
                        e);
            }
        }

        private static String slashed(Path path) {
            return path.toString().replace(File.separatorChar, '/');
        }
    }
}
