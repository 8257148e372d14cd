package io.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.distribution.MusterCommand.Result;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing that a newcomer runs. */
final class DemoIT {
    @TempDir
    Path temp;

    @Test
    void demo_leaves_a_picture_and_nothing_else() throws IOException {
        List<String> before = MusterCommand.abandonedSharedMemory();
        MusterCommand muster = new MusterCommand(temp);
        Result demo = muster.run("demo");
        assertThat(demo.exit()).as(demo.toString()).isZero();
        assertThat(demo.out() + demo.err())
                .contains("provision", "bootstrap", "launch", "compute", "fetch", "destroy", "heat.png");
        BufferedImage picture = ImageIO.read(muster.folder().resolve("heat.png").toFile());
        assertThat(picture.getWidth()).isGreaterThanOrEqualTo(600);
        assertThat(muster.leftOvers()).isEmpty();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(MusterCommand.abandonedSharedMemory()).isSubsetOf(before));
    }

    @Test
    void the_archive_works_where_there_is_no_java() throws IOException {
        Path archive = archive();
        Path tools = toolsWithoutJava();
        MusterCommand muster = new MusterCommand(temp);
        assertThat(muster.startCommand(List.of("tar", "-xzf", archive.toString()))
                        .await()
                        .exit())
                .isZero();
        Path unpacked = muster.folder().resolve("muster-0.1.0");
        Result version = muster.startCommand(List.of(
                        "env",
                        "-i",
                        "PATH=" + tools,
                        unpacked.resolve("bin/muster").toString(),
                        "--version"))
                .await();
        assertThat(version.exit()).as(version.toString()).isZero();
        assertThat(version.out()).contains("0.1.0");
        assertThat(version.err()).isEmpty();
        Result demo = muster.startCommand(List.of(
                        "env",
                        "-i",
                        "PATH=" + tools,
                        "HOME=" + temp,
                        "MUSTER_HOME=" + muster.home(),
                        unpacked.resolve("bin/muster").toString(),
                        "demo"))
                .await();
        assertThat(demo.exit()).as(demo.toString()).isZero();
        assertThat(muster.leftOvers()).isEmpty();
    }

    /** A folder for PATH with no more than a bare system has. */
    private Path toolsWithoutJava() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("tools"));
        for (String tool : List.of("sh", "env", "readlink", "setsid", "grep", "rm", "sleep", "cat", "kill")) {
            Path found = Stream.of("/usr/bin", "/bin")
                    .map(place -> Path.of(place, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(folder.resolve(tool), found);
        }
        return folder;
    }

    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target").toAbsolutePath())) {
            return files.filter(file -> file.toString().endsWith("-linux.tar.gz"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
