package io.muster.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * Lays out {@code muster/} from the built jars: {@code bin/muster}, {@code lib/}, {@code examples/}, {@code share/} and
 * {@code runtime/}, then makes the caches for a quick start in place.
 */
public final class Assemble {
    private Assemble() {}

    /** Arguments: folder to make, folder of library jars, example jar, root of the project, time of the build. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path home = Path.of(args[0]);
        Path jars = Path.of(args[1]);
        Path example = Path.of(args[2]);
        Path root = Path.of(args[3]);
        FileTime time = FileTime.from(Instant.parse(args[4]));

        Files.createDirectories(home);
        Folders.deleteAll(home.resolve("lib"));
        Jars.copy(jars, home.resolve("lib"));
        copy(root.resolve("distribution/src/main/launcher/muster"), home.resolve("bin/muster"));
        copy(root.resolve("distribution/src/main/launcher/logging.properties"), home.resolve("lib/logging.properties"));
        home.resolve("bin/muster").toFile().setExecutable(true, false);
        copy(example, home.resolve("examples/heat.jar"));
        copy(root.resolve("README.md"), home.resolve("README.md"));
        Folders.deleteAll(home.resolve("docs"));
        Folders.copyAll(root.resolve("docs"), home.resolve("docs"));
        copy(
                root.resolve("cluster-manager/src/main/resources/io/muster/spec/cluster.schema.json"),
                home.resolve("share/cluster.schema.json"));
        RuntimeImage.makeIn(home.resolve("runtime"));
        Folders.setTimes(home, time);
        StartCaches.make(home);
        Files.writeString(home.resolve("built"), Instant.now().toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
