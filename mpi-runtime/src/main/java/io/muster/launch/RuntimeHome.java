package io.muster.launch;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the runtime that runs this process lies: what runs other processes of ours, too. */
public final class RuntimeHome {
    private RuntimeHome() {}

    /** The {@code java} launcher. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** A kind of process for which a runtime image of ours has an ahead-of-time cache. */
    public enum Role {
        /** One rank of a program. */
        RANK("rank.aot"),
        /** What runs a job. */
        SUPERVISOR("supervisor.aot");

        private final String cache;

        Role(String cache) {
            this.cache = cache;
        }
    }

    /**
     * Options with which a JVM starts fast from the ahead-of-time cache of this runtime, where there is one and it
     * fits, and warns as {@link #quietOptions()} say. Its first heap must have some MiB, or it does not start at all.
     */
    public static List<String> startOptions(Role role) {
        Path cache = Path.of(System.getProperty("java.home"), "lib", role.cache);
        return Files.isRegularFile(cache)
                ? Stream.concat(Stream.of("-XX:AOTCache=" + cache), quietOptions().stream())
                        .toList()
                : quietOptions();
    }

    /**
     * Options with which a JVM warns on standard error: by default it warns on standard output, in the middle of what
     * the program writes.
     */
    public static List<String> quietOptions() {
        return List.of("-Xlog:disable", "-Xlog:all=warning,cds*=off,aot*=off:stderr:tags");
    }

    /** The jar, or the folder of classes, that this class was loaded from. */
    public static Path jar() {
        // Not from the protection domain: a class out of a class data archive may have none that knows its place.
        String file = RuntimeHome.class.getName().replace('.', '/') + ".class";
        URL found = Objects.requireNonNull(RuntimeHome.class.getResource('/' + file), file);
        try {
            if (found.openConnection() instanceof JarURLConnection jar) {
                return Path.of(jar.getJarFileURL().toURI());
            }
            String place = found.toURI().toString();
            return Path.of(URI.create(place.substring(0, place.length() - file.length())));
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the runtime lies at a strange place: " + found, e);
        }
    }
}
