package io.muster.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.Consumer;

/** The agent's own log: two files of at most a mebibyte. Thread-safe. */
final class AgentLog implements Consumer<String> {
    private static final long MAX_BYTES = 1 << 20;

    private final Path file;
    private final Path older;

    AgentLog(Path folder) {
        this.file = folder.resolve("agent.log");
        this.older = folder.resolve("agent.log.1");
    }

    @Override
    public synchronized void accept(String sentence) {
        String line = Instant.now() + " " + sentence.replace('\n', ' ') + "\n";
        try {
            if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
                Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.write(
                    file, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.err.print(line);
        }
    }
}
