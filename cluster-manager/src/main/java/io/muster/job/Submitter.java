package io.muster.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The process that is submitting a job, written down so that another one can tell whether it died over it. */
final class Submitter {
    private static final String FILE = "submitter";

    private Submitter() {}

    static void claim(Path jobFolder) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        Files.write(jobFolder.resolve(FILE), List.of(Long.toString(self.pid()), startOf(self)));
    }

    /** The process that claimed the job has left it, so that whoever asks next may decide what became of it. */
    static void release(Path jobFolder) throws IOException {
        Files.deleteIfExists(jobFolder.resolve(FILE));
    }

    /** Whether the process that claimed the job still runs. */
    static boolean lives(Path jobFolder) throws IOException {
        Path file = jobFolder.resolve(FILE);
        if (!Files.exists(file)) {
            return false;
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 2) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(lines.getFirst()));
        return process.filter(ProcessHandle::isAlive)
                .map(Submitter::startOf)
                .filter(lines.get(1)::equals)
                .isPresent();
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("");
    }
}
