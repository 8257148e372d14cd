package io.muster.bootstrap;

import io.muster.agent.AgentMain;
import io.muster.agent.StandInAgent;
import io.muster.bootstrap.bundle.Bundle;
import io.muster.wire.ClusterIdentity;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * A bundle with a small real runtime image, made once in the build folder for each of the processes that run tests at
 * the same time, and the jar of the MPI runtime.
 */
public final class TestBundle {
    private static final Path IMAGE = Path.of("target/test-runtime-" + System.getProperty("test.process", "1"));

    private TestBundle() {}

    public static Bundle make(Path folder) throws IOException, InterruptedException, URISyntaxException {
        return Bundle.of(image(), List.of(codeOf(ClusterIdentity.class), standIn(folder)));
    }

    private static synchronized Path image() throws IOException, InterruptedException {
        Path java = IMAGE.resolve("bin/java");
        if (!Files.exists(IMAGE.resolve("done"))) {
            TestNode.remove(IMAGE);
            ToolProvider.findFirst("jlink")
                    .orElseThrow()
                    .run(
                            System.out,
                            System.err,
                            "--add-modules",
                            "java.management,jdk.management",
                            "--no-header-files",
                            "--no-man-pages",
                            "--output",
                            IMAGE.toString());
            new ProcessBuilder(java.toString(), "-Xshare:dump", "-XX:+UseSerialGC")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
            Files.createFile(IMAGE.resolve("done"));
        }
        return IMAGE;
    }

    private static Path standIn(Path folder) throws IOException, URISyntaxException {
        for (Class<?> type : List.of(AgentMain.class, StandInAgent.class)) {
            String file = type.getName().replace('.', '/') + ".class";
            Path target = folder.resolve("stand-in").resolve(file);
            Files.createDirectories(target.getParent());
            Files.copy(codeOf(TestBundle.class).resolve(file), target, StandardCopyOption.REPLACE_EXISTING);
        }
        return folder.resolve("stand-in");
    }

    private static Path codeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
