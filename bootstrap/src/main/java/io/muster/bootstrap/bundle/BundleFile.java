package io.muster.bootstrap.bundle;

import java.nio.file.Path;
import java.util.List;

/** One entry of a bundle: {@code path} inside it, with {@code /} between names. */
public sealed interface BundleFile {
    String path();

    /** A folder; comes before what lies in it. */
    record Folder(String path) implements BundleFile {}

    /** A symbolic link with its target as written. */
    record Link(String path, String target) implements BundleFile {}

    /**
     * A regular file.
     *
     * @param source where its bytes are on this machine
     * @param mode octal permissions, as {@code chmod} takes them
     * @param modifiedMs last change, milliseconds since 1970
     */
    record Content(String path, Path source, long sizeBytes, String mode, long modifiedMs) implements BundleFile {
        private static final List<String> DATED = List.of(".jar", ".jsa", ".aot", "/lib/modules");

        /** Whether a JVM compares the time of this file with what its CDS archive remembers. */
        boolean dated() {
            return DATED.stream().anyMatch(path::endsWith);
        }
    }
}
