package io.muster.spec;

import java.util.List;

/** What every rank of a job runs. */
public sealed interface Program {

    /** The words that the program gets. */
    List<String> args();

    /**
     * A jar with a main class in its manifest.
     *
     * @param path the jar, as the user named it on the submitting machine
     */
    record Jar(String path, List<String> args) implements Program {
        public Jar {
            notBlank("jar", path);
            args = List.copyOf(args);
        }
    }

    /**
     * A class with a main method.
     *
     * @param name binary name of the class
     * @param classPath jars and folders on the submitting machine, at least one
     */
    record MainClass(String name, List<String> classPath, List<String> args) implements Program {
        public MainClass {
            notBlank("main class", name);
            classPath = List.copyOf(classPath);
            args = List.copyOf(args);
            if (classPath.isEmpty()) {
                throw new IllegalArgumentException(
                        "main class " + name + " has no class path; name its jars and folders");
            }
        }
    }

    /**
     * Any command that the nodes have or that is among the inputs.
     *
     * @param words the command and its arguments, at least one word
     */
    record Command(List<String> words) implements Program {
        public Command {
            words = List.copyOf(words);
            if (words.isEmpty()) {
                throw new IllegalArgumentException("a command needs at least one word");
            }
            notBlank("command", words.getFirst());
        }

        @Override
        public List<String> args() {
            return words.subList(1, words.size());
        }
    }

    private static void notBlank(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the " + what + " of a program is empty");
        }
    }
}
