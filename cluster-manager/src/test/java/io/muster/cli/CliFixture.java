package io.muster.cli;

import io.muster.cli.screen.Destination;
import io.muster.cli.screen.Destination.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The command on a manager in memory, in a folder of its own. */
final class CliFixture {
    final InMemoryMuster muster = new InMemoryMuster();
    final Map<String, String> environment = new HashMap<>();
    final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger left = new AtomicInteger();
    final Path folder;
    OutputStream outStream = outBytes;
    Kind outKind = Kind.PLAIN;
    Kind errKind = Kind.PLAIN;
    String typed = "";
    Optional<Path> inputFile = Optional.empty();
    Interrupts interrupts = new Interrupts(Thread.currentThread(), left::incrementAndGet, left::incrementAndGet);

    CliFixture(Path folder) {
        this.folder = folder;
    }

    /** Runs the command and gives its exit code; what it wrote is in {@link #out} and {@link #err}. */
    int run(String... args) {
        outBytes.reset();
        errBytes.reset();
        return new MusterCli(surroundings(), interrupts).run(args);
    }

    Session session() {
        return new Session(surroundings(), interrupts);
    }

    private Surroundings surroundings() {
        return new Surroundings(
                new Destination(outStream, outKind),
                new Destination(errBytes, errKind),
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                inputFile,
                StandardCharsets.UTF_8,
                environment,
                folder,
                folder.resolve("home"),
                Optional.of(folder.resolve("dist")),
                Instant.now(),
                _ -> {
                    opened.incrementAndGet();
                    return muster;
                });
    }

    String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    void write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A cluster called heat with 4 nodes of 2 slots, as after {@code up}. */
    CliFixture withCluster() {
        muster.up(io.muster.spec.ClusterSpec.local("heat", 4).withSlots(2), _ -> {});
        return this;
    }
}
