package io.muster.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * The Java runtime that both the manager and the nodes run on, made by jlink. It holds every module of Java SE, because
 * what a user's simulation needs is not known here.
 */
final class RuntimeImage {
    private static final List<String> MODULES = List.of(
            "java.se",
            "jdk.charsets",
            "jdk.crypto.ec",
            "jdk.jfr",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    private RuntimeImage() {}

    /** Makes the image in {@code folder}, unless the one there was made by this JDK with the same modules. */
    static void makeIn(Path folder) throws IOException, InterruptedException {
        String recipe = Runtime.version() + " " + MODULES;
        Path marker = folder.resolveSibling("runtime.recipe");
        if (Files.isRegularFile(marker) && Files.readString(marker).equals(recipe)) {
            return;
        }
        Folders.deleteAll(folder);
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IllegalStateException("this JDK has no jlink: install a full JDK 25"));
        int exit = jlink.run(
                System.out,
                System.err,
                "--add-modules",
                String.join(",", MODULES),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--compress",
                "zip-6",
                "--output",
                folder.toString());
        if (exit != 0) {
            throw new IllegalStateException("jlink ended with " + exit);
        }
        Files.writeString(marker, recipe);
    }
}
