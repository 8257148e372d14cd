package io.muster.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The formatter. It runs here and not as a Maven plugin because it must run on the JDK that knows the syntax, and
 * Maven itself may run on an older one. {@code mvn -q test -pl build-checks -Dformat=apply} rewrites the files.
 */
final class FormatTest {
    private static final boolean APPLY = "apply".equals(System.getProperty("format"));

    @Test
    void every_source_file_is_formatted() throws IOException {
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(Style.PALANTIR)
                .formatJavadoc(false)
                .build());
        List<String> wrong = new ArrayList<>();
        for (Path file : SourceTree.javaFiles()) {
            String found = SourceTree.read(file);
            String wanted = format(formatter, file, found);
            if (!wanted.equals(found)) {
                if (APPLY) {
                    Files.writeString(file, wanted);
                } else {
                    wrong.add(SourceTree.ROOT.relativize(file).toString());
                }
            }
        }
        assertThat(wrong)
                .as("not formatted; run: mvn -q test -pl build-checks -Dformat=apply")
                .isEmpty();
    }

    private static String format(Formatter formatter, Path file, String source) {
        try {
            String tidy = RemoveUnusedImports.removeUnusedImports(source);
            return formatter.formatSource(ImportOrderer.reorderImports(tidy, Style.PALANTIR));
        } catch (FormatterException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }
}
