package io.muster.bootstrap.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * A Java runtime image and jars, as every node gets them: {@code runtime/} and {@code lib/}, named by the hash of their
 * content. Immutable; the files it was made of must not change while it is sent.
 */
public final class Bundle {
    /** With it a JVM of ours starts in a third of the time; one that it does not fit starts without. */
    private static final String AGENT_CACHE = "runtime/lib/agent.aot";

    private static final int BUFFER_BYTES = 1 << 16;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmm.ss").withZone(ZoneOffset.UTC);

    /**
     * Sixty-four local nodes stand on one machine, so a JVM of ours on a node is small; its first heap must have room
     * for the objects that the cache brings, whatever little memory the node has.
     */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xms16m",
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            // A JVM warns on standard output, which is for what it is asked.
            "-Xlog:disable",
            "-Xlog:all=warning,cds*=off,aot*=off:stderr:tags",
            // Records are read by reflection; what the JVM would generate to do that faster takes longer to make.
            "-Djdk.reflect.useNativeAccessorOnly=true",
            "--enable-native-access=ALL-UNNAMED");

    private final List<BundleFile> files;
    private final List<String> jars;
    private final String hash;
    private final long sizeBytes;
    private final Platform platform;
    private final Path image;
    private final List<String> origins;
    private final boolean hasAgentCache;
    private final ReentrantLock making = new ReentrantLock();

    private Bundle(
            Path image,
            List<String> origins,
            List<BundleFile> files,
            List<String> jars,
            String hash,
            Platform platform) {
        this.image = image;
        this.origins = origins;
        this.files = List.copyOf(files);
        this.jars = jars;
        this.hash = hash;
        this.platform = platform;
        this.hasAgentCache = files.stream().anyMatch(file -> file.path().equals(AGENT_CACHE));
        this.sizeBytes = contents(files).stream()
                .mapToLong(BundleFile.Content::sizeBytes)
                .sum();
    }

    /**
     * Reads the folders and hashes what is in them; blocks on the disk. The second time only sizes and times are read,
     * see {@code .NAME.bundle} beside the image.
     *
     * @param runtimeImage folder with {@code bin/java}, as {@code jlink} makes it
     * @param jars jars, or folders with classes, of the agent's class path in order
     * @throws IOException when something is missing or cannot be sent; the message names it
     */
    public static Bundle of(Path runtimeImage, List<Path> jars) throws IOException {
        Path java = runtimeImage.resolve("bin/java");
        if (!Files.isExecutable(java)) {
            throw new IOException(runtimeImage + " is not a Java runtime image: no program bin/java in it");
        }
        BundleTree tree = new BundleTree();
        tree.add(runtimeImage, "runtime");
        tree.addFolder("lib");
        List<String> names = new ArrayList<>();
        List<String> origins = new ArrayList<>(List.of(runtimeImage.toRealPath().toString()));
        for (Path jar : jars) {
            String name = "lib/" + jar.getFileName();
            if (names.contains(name)) {
                throw new IOException("two jars are called " + jar.getFileName() + ", one of them " + jar);
            }
            tree.add(jar, name);
            names.add(name);
            origins.add(jar.toRealPath().toString());
        }
        List<BundleFile> files = tree.sorted();
        Path image = runtimeImage.toAbsolutePath().normalize();
        String hash = ContentHash.of(files, image.resolveSibling("." + image.getFileName() + ".bundle"));
        // bin/java may be a script that starts the real launcher; this helper of every image never is.
        Path spawner = runtimeImage.resolve("lib/jspawnhelper");
        return new Bundle(
                image, List.copyOf(origins), files, names, hash, Platform.of(Files.exists(spawner) ? spawner : java));
    }

    /** Name of the bundle: a hash of its paths, modes and contents. */
    public String hash() {
        return hash;
    }

    /** Everything in it, each folder before what lies in it. */
    public List<BundleFile> files() {
        return files;
    }

    /** Bytes of all files in it. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** The machines that it runs on. */
    public Platform platform() {
        return platform;
    }

    /** The folder in which an image of nodes may carry it; the bootstrap finds it there. */
    public String imagePath() {
        return "/opt/muster/bundles/" + hash;
    }

    /** The folder on a node, from the user's home. */
    public String homePath() {
        return ".muster/node/bundles/" + hash;
    }

    /** The words of a command that runs a main class of the bundle on a node, from the user's home. */
    public List<String> java(String main) {
        String folder = homePath();
        List<String> words = new ArrayList<>();
        words.add(folder + "/runtime/bin/java");
        if (hasAgentCache) {
            words.add("-XX:AOTCache=" + folder + "/" + AGENT_CACHE);
        }
        words.addAll(JVM_OPTIONS);
        words.add("-cp");
        words.add(jars.stream().map(jar -> folder + "/" + jar).collect(Collectors.joining(":")));
        words.add(main);
        return words;
    }

    /** The bundle as one compressed file, made when it is not there yet. Blocks, for seconds the first time. */
    BundleArchive archive() throws IOException {
        making.lock();
        try {
            return BundleArchive.of(this, image);
        } finally {
            making.unlock();
        }
    }

    /** Where the runtime image and the jars lie on this machine: absolute paths, the image first. */
    List<String> origins() {
        return origins;
    }

    /** The lines that {@code check.sh} prints for a whole and untouched copy, sorted. */
    List<String> expected() {
        List<String> lines = new ArrayList<>();
        for (BundleFile file : files) {
            switch (file) {
                case BundleFile.Folder folder -> {}
                case BundleFile.Link link -> lines.add("link ./" + link.path());
                case BundleFile.Content content -> lines.add("file " + content.sizeBytes() + " ./" + content.path());
            }
        }
        return lines.stream().sorted().toList();
    }

    /**
     * Writes the stream that {@code unpack.sh} reads.
     *
     * <pre>
     * d - - - PATH                      a folder, before what lies in it
     * l - - - PATH, next line: TARGET   a symbolic link
     * f SIZE MODE TIME PATH             a file, followed by SIZE bytes; TIME is as touch -t takes it, or -
     * end
     * </pre>
     *
     * @param progress gets the number of file bytes written so far, now and then
     */
    void writeTo(OutputStream out, LongConsumer progress) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long sent = 0;
        for (BundleFile file : files) {
            switch (file) {
                case BundleFile.Folder folder -> line(out, "d - - - " + folder.path());
                case BundleFile.Link link -> line(out, "l - - - " + link.path() + "\n" + link.target());
                case BundleFile.Content content -> {
                    line(
                            out,
                            "f " + content.sizeBytes() + " " + content.mode() + " " + stamp(content) + " "
                                    + content.path());
                    copy(content, out, buffer, sent, progress);
                    sent += content.sizeBytes();
                }
            }
        }
        line(out, "end");
        progress.accept(sent);
    }

    private static void copy(
            BundleFile.Content content, OutputStream out, byte[] buffer, long before, LongConsumer progress)
            throws IOException {
        long left = content.sizeBytes();
        try (InputStream in = Files.newInputStream(content.source())) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    throw new IOException(content.source() + " became shorter while it was sent");
                }
                out.write(buffer, 0, read);
                left -= read;
                progress.accept(before + content.sizeBytes() - left);
            }
        }
    }

    private static String stamp(BundleFile.Content content) {
        return content.dated() ? STAMP.format(Instant.ofEpochMilli(content.modifiedMs())) : "-";
    }

    private static void line(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static List<BundleFile.Content> contents(List<BundleFile> files) {
        return files.stream()
                .filter(BundleFile.Content.class::isInstance)
                .map(BundleFile.Content.class::cast)
                .toList();
    }
}
