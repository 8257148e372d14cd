package io.muster.cli;

import io.muster.spec.Program;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What kind of program the words after the options name. */
final class ProgramWords {
    private static final Pattern CLASS_NAME =
            Pattern.compile("(?:[\\p{L}_$][\\p{L}\\p{N}_$]*\\.)*[\\p{L}_$][\\p{L}\\p{N}_$]*");

    private ProgramWords() {}

    /** A jar by its ending, a main class when a class path is given, else a command. */
    static Program program(List<String> words, String classPath) {
        String first = words.getFirst();
        List<String> args = words.subList(1, words.size());
        if (first.endsWith(".jar")) {
            return new Program.Jar(first, args);
        }
        if (!classPath.isEmpty() && CLASS_NAME.matcher(first).matches()) {
            return new Program.MainClass(first, elements(classPath), args);
        }
        return new Program.Command(words);
    }

    private static List<String> elements(String classPath) {
        return Arrays.stream(classPath.split(":"))
                .filter(element -> !element.isEmpty())
                .toList();
    }
}
