package io.muster.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Copying, deleting and dating folders. */
final class Folders {
    private Folders() {}

    static void deleteAll(Path folder) throws IOException {
        for (Path path : below(folder).reversed()) {
            Files.delete(path);
        }
    }

    /** Copies a folder with all that is in it, with times and modes. */
    static void copyAll(Path from, Path to) throws IOException {
        for (Path path : below(from)) {
            Files.copy(
                    path,
                    to.resolve(from.relativize(path).toString()),
                    StandardCopyOption.COPY_ATTRIBUTES,
                    LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Gives every file and folder one time, so that caches which check times still fit after unpacking. */
    static void setTimes(Path folder, FileTime time) throws IOException {
        for (Path path : below(folder)) {
            if (!Files.isSymbolicLink(path)) {
                Files.setLastModifiedTime(path, time);
            }
        }
    }

    private static List<Path> below(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
