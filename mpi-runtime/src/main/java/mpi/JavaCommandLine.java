package mpi;

import io.muster.launch.Program;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of a {@code java} that is to be spawned, understood so that its JVM starts as those of the other
 * ranks do: with this library first on the class path.
 *
 * @param jvmOptions its options but the class path
 */
record JavaCommandLine(Program program, List<String> jvmOptions) {
    private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

    /** Options whose value may stand behind them; with an equals sign it is one word. */
    private static final Set<String> VALUED =
            Set.of("--add-opens", "--add-exports", "--add-modules", "--add-reads", "--enable-native-access");

    JavaCommandLine {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * What the words behind {@code java} mean; empty when that is left to {@code java}, as with modules.
     *
     * @param classPath taken when the words name none
     */
    static Optional<JavaCommandLine> of(List<String> words, List<String> classPath) {
        List<String> options = new ArrayList<>();
        List<String> entries = classPath;
        Iterator<String> left = words.iterator();
        while (left.hasNext()) {
            String word = left.next();
            if (!word.startsWith("-")) {
                return word.startsWith("@")
                        ? Optional.empty()
                        : Optional.of(new JavaCommandLine(new Program.MainClass(word, entries, rest(left)), options));
            }
            if (CLASS_PATH.contains(word) && left.hasNext()) {
                entries = List.of(left.next());
            } else if (word.equals("-jar") && left.hasNext()) {
                return Optional.of(new JavaCommandLine(new Program.Jar(left.next(), List.of(), rest(left)), options));
            } else if (VALUED.contains(word) && left.hasNext()) {
                options.add(word + "=" + left.next());
            } else if (word.equals("-m") || word.equals("-p") || word.startsWith("--module")) {
                return Optional.empty();
            } else {
                options.add(word);
            }
        }
        return Optional.empty();
    }

    private static List<String> rest(Iterator<String> left) {
        List<String> rest = new ArrayList<>();
        left.forEachRemaining(rest::add);
        return rest;
    }
}
