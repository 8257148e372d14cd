package io.muster.job;

import io.muster.api.MusterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files that a pattern names: a path, a folder (all below it), or a glob with {@code *}, {@code **}, {@code ?}. */
final class Globs {
    private Globs() {}

    /** The files in sorted order; empty when there is none. Relative patterns start from {@code folder}. */
    static List<Path> files(Path folder, String pattern) {
        Path plain = pathOf(folder, pattern);
        if (plain != null && Files.isRegularFile(plain)) {
            return List.of(plain);
        }
        if (plain != null && Files.isDirectory(plain)) {
            return walk(plain, null);
        }
        String absolute = pattern.startsWith("/") ? pattern : folder + "/" + pattern;
        Path start = fixedPart(absolute);
        return Files.isDirectory(start) ? walk(start, matcher(absolute)) : List.of();
    }

    /** Whether a path is what a glob names; both start from the same folder. */
    static boolean matches(String glob, Path relative) {
        return matcher(glob).matches(relative);
    }

    private static @Nullable Path pathOf(Path folder, String pattern) {
        boolean isGlob = pattern.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
        return isGlob && !Files.exists(folder.resolve(pattern))
                ? null
                : folder.resolve(pattern).normalize();
    }

    /** The folder above the first part with a wildcard, so that nothing else is walked. */
    private static Path fixedPart(String pattern) {
        Path path = Path.of("/");
        for (String part : pattern.split("/")) {
            if (part.chars().anyMatch(c -> "*?[{\\".indexOf(c) >= 0)) {
                break;
            }
            path = path.resolve(part);
        }
        return path.normalize();
    }

    private static PathMatcher matcher(String pattern) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw new MusterException(
                    MusterException.Kind.INPUT,
                    "a pattern is malformed",
                    pattern,
                    e.getDescription(),
                    "use *, **, ?, [abc] and {a,b}",
                    e);
        }
    }

    private static List<Path> walk(Path start, @Nullable PathMatcher matcher) {
        try (Stream<Path> paths = Files.walk(start)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> matcher == null || matcher.matches(path))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new MusterException(
                    MusterException.Kind.INPUT,
                    "a folder cannot be read",
                    start.toString(),
                    String.valueOf(e.getMessage()),
                    "check its permissions",
                    e);
        }
    }
}
