package io.muster.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects the problems of one file, each with the line it stands in. */
final class ProblemSink {
    /** More would only scroll the first ones away. */
    static final int MAX_PROBLEMS = 100;

    private static final Comparator<Problem> ORDER =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final String file;
    private final List<String> lines;
    private final List<Problem> problems = new ArrayList<>();

    ProblemSink(String file, String text) {
        this.file = file;
        this.lines = List.of(text.split("\r\n|\r|\n", -1));
    }

    void add(Located.Spot at, String path, String what, String value, String advice) {
        add(at, path, what, value, Optional.empty(), advice);
    }

    void add(Located.Spot at, String path, String what, String value, Optional<String> nearest, String advice) {
        if (problems.size() < MAX_PROBLEMS) {
            String line = at.line() >= 1 && at.line() <= lines.size() ? lines.get(at.line() - 1) : "";
            problems.add(new Problem(
                    file,
                    at.line(),
                    at.column(),
                    at.width(),
                    Printable.of(path),
                    what,
                    Printable.of(value),
                    nearest,
                    advice,
                    line));
        }
    }

    void addForFile(String what, String advice) {
        problems.add(new Problem(file, 0, 0, 1, "", what, "", Optional.empty(), advice, ""));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    ReadResult.Problems toResult() {
        return new ReadResult.Problems(problems.stream().sorted(ORDER).toList());
    }
}
