package io.muster.distribution;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * The library jars of the distribution, so that their classes can be in a cache. Signatures are left out: a JVM that
 * loads a class of a signed jar checks the whole manifest first, which takes longer than the rest of its start. Classes
 * in a format older than that of Java 6 get the stack maps that a JVM would else work out each time. Native libraries
 * for other machines are left out.
 */
final class Jars {
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    private static final String LIBRARIES = "org/sqlite/native/";
    private static final String LIBRARY = LIBRARIES + "Linux/" + machine() + "/libsqlitejdbc.so";

    private Jars() {}

    /** This machine as the driver calls it; the runtime image is for it alone, too. */
    private static String machine() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(from, "*.jar")) {
            for (Path jar : jars) {
                copyOne(jar, to.resolve(jar.getFileName()));
            }
        }
    }

    private static void copyOne(Path jar, Path target) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            unpackLibrary(file, target.resolveSibling("native"));
            boolean asItIs = file.stream().noneMatch(Jars::isLeftOut) && !OldClasses.areIn(file);
            if (asItIs) {
                Files.copy(jar, target, StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            OldClasses classes = new OldClasses(file);
            try (OutputStream out = Files.newOutputStream(target);
                    JarOutputStream copy = new JarOutputStream(out)) {
                for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                    JarEntry entry = entries.nextElement();
                    if (!isLeftOut(entry)) {
                        JarEntry kept = new JarEntry(entry.getName());
                        kept.setTime(entry.getTime());
                        copy.putNextEntry(kept);
                        copy.write(content(file, entry, classes));
                    }
                }
            }
        }
    }

    private static byte[] content(JarFile file, JarEntry entry, OldClasses classes) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            byte[] bytes = in.readAllBytes();
            if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                return withoutDigests(bytes);
            }
            return entry.getName().endsWith(".class") ? classes.renewed(bytes) : bytes;
        }
    }

    private static boolean isLeftOut(JarEntry entry) {
        String name = entry.getName();
        return SIGNATURE.matcher(name).matches() || (name.startsWith(LIBRARIES) && !name.equals(LIBRARY));
    }

    /** The driver of the database would unpack its library in every process, and compare it with the jar. */
    private static void unpackLibrary(JarFile file, Path folder) throws IOException {
        JarEntry library = file.getJarEntry(LIBRARY);
        if (library != null) {
            Files.createDirectories(folder);
            try (InputStream in = file.getInputStream(library)) {
                Files.copy(in, folder.resolve(Path.of(LIBRARY).getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Sections of single entries hold their digests and nothing that a reader wants. */
    private static byte[] withoutDigests(byte[] bytes) throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(bytes));
        manifest.getEntries().clear();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        manifest.write(out);
        return out.toByteArray();
    }
}
