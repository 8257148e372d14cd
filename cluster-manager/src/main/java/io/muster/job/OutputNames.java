package io.muster.job;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/**
 * Where the output files of a job may go. The names come from a node, which is not trusted to write anywhere else than
 * where the user asked for outputs.
 *
 * @param folder that the outputs come back to; absolute
 * @param globs that the user asked for
 */
record OutputNames(Path folder, List<String> globs) {
    /** Longest name in characters: what Linux takes as a path. */
    private static final int MAX_CHARS = 4096;

    OutputNames {
        globs = List.copyOf(globs);
    }

    /**
     * Refuses a name that was not asked for: one that no glob matches, that leaves the folder, or that a terminal would
     * take for more than a name.
     */
    void check(String name) throws IOException {
        if (name.isBlank() || name.length() > MAX_CHARS || name.codePoints().anyMatch(OutputNames::isUnprintable)) {
            throw refused(name, "it is no printable name");
        }
        if (name.startsWith("/") || List.of(name.split("/", -1)).stream().anyMatch(OutputNames::isNoName)) {
            throw refused(name, "it leaves the folder");
        }
        Path relative = Path.of(name);
        if (globs.stream().noneMatch(glob -> matcher(glob).matches(relative))) {
            throw refused(name, "none of " + globs + " matches it");
        }
    }

    /** The file of this name, in a folder that is made when it is missing; no link is followed on the way. */
    Path place(String name) throws IOException {
        Path at = folder;
        List<String> parts = List.of(name.split("/"));
        for (String part : parts.subList(0, parts.size() - 1)) {
            at = at.resolve(part);
            if (Files.isSymbolicLink(at)) {
                throw refused(name, at + " is a symbolic link, and outputs are not written through links; remove it");
            }
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                makeFolder(at);
            }
        }
        return at.resolve(parts.getLast());
    }

    private static void makeFolder(Path at) throws IOException {
        try {
            Files.createDirectory(at);
        } catch (FileAlreadyExistsException e) {
            // Another process that fetches the same job was quicker.
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    private static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static boolean isNoName(String part) {
        return part.isEmpty() || part.equals(".") || part.equals("..");
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    private static IOException refused(String name, String why) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().limit(80).forEach(each -> shown.appendCodePoint(isUnprintable(each) ? '\ufffd' : each));
        return new IOException("it offers a file '" + shown + "' that is refused: " + why);
    }
}
