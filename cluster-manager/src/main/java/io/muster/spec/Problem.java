package io.muster.spec;

import java.util.Optional;

/**
 * One thing that is wrong in a sizing file.
 *
 * @param file the file as the user named it
 * @param line line from 1; 0 when the file as a whole is meant
 * @param column column from 1, in characters; 0 when the file as a whole is meant
 * @param width number of characters of the wrong text, at least 1
 * @param path the key, for example {@code nodes.count}; empty for the whole file
 * @param what what is wrong, one sentence without a full stop
 * @param value the wrong text as it stands there; empty when something is missing
 * @param nearest the key or value that was probably meant
 * @param advice what to do next, whole sentences
 * @param sourceLine the line of the file; empty when there is none
 */
public record Problem(
        String file,
        int line,
        int column,
        int width,
        String path,
        String what,
        String value,
        Optional<String> nearest,
        String advice,
        String sourceLine) {

    /** {@code cluster.yaml:4:3}, or the file alone. */
    public String place() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }

    /** The block for a person: place and fact, the line with a caret under the wrong text, what to do. No line end. */
    public String render() {
        StringBuilder block = new StringBuilder(place()).append(": ");
        if (!path.isEmpty()) {
            block.append(path).append(": ");
        }
        block.append(what);
        if (!sourceLine.isBlank()) {
            block.append('\n')
                    .append(SourceExcerpt.of(line, column, width, sourceLine)
                            .indent(2)
                            .stripTrailing());
        }
        nearest.ifPresent(
                text -> block.append("\n  Did you mean \"").append(text).append("\"?"));
        if (!advice.isEmpty()) {
            block.append("\n  ").append(advice);
        }
        return block.toString();
    }
}
