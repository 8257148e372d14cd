package io.muster.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    private static final String PROVIDER = "security.provider.";

    /** Their modules are not among those above: smart cards, SASL of Kerberos, hardware tokens. */
    private static final Set<String> NOT_IN_THE_IMAGE = Set.of("SunPCSC", "JdkSASL", "SunPKCS11");

    private RuntimeImage() {}

    /** Makes the image in {@code folder}, unless the one there was made by this JDK with the same modules. */
    static void makeIn(Path folder) throws IOException, InterruptedException {
        String recipe = Runtime.version() + " " + MODULES + " without " + new TreeSet<>(NOT_IN_THE_IMAGE);
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
        nameOnlyProvidersThatAreThere(folder.resolve("conf/security/java.security"));
        Files.writeString(marker, recipe);
    }

    /**
     * A provider of cryptography that is named and missing is looked for on the whole class path, by every process that
     * asks for something no earlier provider has.
     */
    private static void nameOnlyProvidersThatAreThere(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith(PROVIDER)) {
                lines.add(line);
            } else if (!NOT_IN_THE_IMAGE.contains(line.substring(line.indexOf('=') + 1))) {
                number++;
                lines.add(PROVIDER + number + line.substring(line.indexOf('=')));
            }
        }
        Files.write(file, lines);
    }
}
