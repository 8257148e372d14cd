package io.muster.launch;

import java.util.List;

/**
 * What every rank of a job runs. Paths that are not absolute are resolved in the folder that the rank works in.
 *
 * <p>Java programs run on the runtime image that runs the launcher, with {@code mpi-runtime.jar} first on the class
 * path.
 */
public sealed interface Program {
    /** Arguments of the program itself, passed as they are. */
    List<String> arguments();

    /**
     * The main class of a jar, as {@code java -jar} finds it.
     *
     * @param jar path of the jar
     * @param classPath further entries of the class path; {@code lib/*} is allowed
     */
    record Jar(String jar, List<String> classPath, List<String> arguments) implements Program {
        public Jar {
            requireText("jar", jar);
            classPath = List.copyOf(classPath);
            arguments = List.copyOf(arguments);
        }
    }

    /** A class with a {@code main} method on a class path. */
    record MainClass(String mainClass, List<String> classPath, List<String> arguments) implements Program {
        public MainClass {
            requireText("main class", mainClass);
            classPath = List.copyOf(classPath);
            arguments = List.copyOf(arguments);
        }
    }

    /** Any executable: a path with a slash, or a name that {@code PATH} finds. */
    record Command(String command, List<String> arguments) implements Program {
        public Command {
            requireText("command", command);
            arguments = List.copyOf(arguments);
        }
    }

    private static void requireText(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the " + what + " of a program is empty");
        }
    }
}
