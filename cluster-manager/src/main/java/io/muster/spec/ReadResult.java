package io.muster.spec;

import java.util.List;
import java.util.stream.Collectors;

/** What came of reading a sizing file: the wish, or everything that is wrong with it. */
public sealed interface ReadResult {

    /** The file is right. */
    record Ok(ClusterSpec spec) implements ReadResult {}

    /** The file is wrong; at least one problem, in the order of the file. */
    record Problems(List<Problem> problems) implements ReadResult {
        public Problems {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("no problem");
            }
        }

        /** All blocks, one empty line between them. */
        public String render() {
            return problems.stream().map(Problem::render).collect(Collectors.joining("\n\n"));
        }
    }
}
