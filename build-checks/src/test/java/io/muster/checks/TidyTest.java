package io.muster.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Bounds and bans of the house style that a machine can see. */
final class TidyTest {
    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_METHOD_LINES = 70;
    private static final int MAX_LINE_LENGTH = 120;

    private static final Pattern EMPTY_NAMES = Pattern.compile(".*(Util|Utils|Helper|Helpers|Impl|Manager)\\.java");
    private static final Pattern LEFT_OVERS =
            Pattern.compile("\\b(TODO|FIXME|XXX)\\b|printStackTrace|@Disabled|catch \\(Throwable ");
    private static final Pattern SLEEPING_TEST = Pattern.compile("Thread\\.sleep\\(");

    @Test
    void files_are_short() {
        assertNone("over " + MAX_FILE_LINES + " lines", (file, text, found) -> {
            long lines = text.lines().count();
            if (lines > MAX_FILE_LINES) {
                found.add(file + ": " + lines);
            }
        });
    }

    @Test
    void lines_are_short() {
        assertNone("line over " + MAX_LINE_LENGTH + " characters", (file, text, found) -> {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > MAX_LINE_LENGTH) {
                    found.add(file + ":" + (i + 1));
                }
            }
        });
    }

    @Test
    void nothing_is_left_over() {
        assertNone("left over", (file, text, found) -> {
            if (!file.endsWith("TidyTest.java")) {
                LEFT_OVERS.matcher(text).results().forEach(match -> found.add(file + ": " + match.group()));
            }
        });
    }

    @Test
    void tests_wait_for_conditions() {
        assertNone("test that sleeps; wait with Awaitility", (file, text, found) -> {
            boolean test = file.contains("src/test/") && !file.endsWith("TidyTest.java");
            if (test && SLEEPING_TEST.matcher(text).find()) {
                found.add(file);
            }
        });
    }

    @Test
    void names_say_something() {
        assertNone("name that says nothing", (file, text, found) -> {
            if (EMPTY_NAMES.matcher(file).matches()) {
                found.add(file);
            }
        });
    }

    @Test
    void every_package_says_its_role() {
        assertNone("package without package-info.java", (file, text, found) -> {
            // A module may have more than one source root; the package is described in the first.
            Path path = SourceTree.ROOT.resolve(file.replaceFirst("src/main/[^/]+/", "src/main/java/"));
            boolean main = file.contains("src/main/");
            if (main && !path.resolveSibling("package-info.java").toFile().exists()) {
                found.add(file);
            }
        });
    }

    @Test
    void methods_are_short() throws IOException {
        List<String> found = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(SourceTree.javaFiles()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new MethodLengths(unit, positions, found).scan(unit, null);
            }
        }
        assertThat(found).as("method over " + MAX_METHOD_LINES + " lines").isEmpty();
    }

    private static void assertNone(String what, Check check) {
        List<String> found = new ArrayList<>();
        for (Path file : SourceTree.javaFiles()) {
            check.look(SourceTree.ROOT.relativize(file).toString(), SourceTree.read(file), found);
        }
        assertThat(found).as(what).isEmpty();
    }

    private interface Check {
        void look(String file, String text, List<String> found);
    }

    private static final class MethodLengths extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> found;

        MethodLengths(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            long start = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
            long end = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
            if (end - start + 1 > MAX_METHOD_LINES) {
                found.add(unit.getSourceFile().getName() + ": " + method.getName() + " has " + (end - start + 1));
            }
            return super.visitMethod(method, null);
        }
    }
}
