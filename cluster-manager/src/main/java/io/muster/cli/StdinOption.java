package io.muster.cli;

import io.muster.api.MusterException;
import io.muster.launch.Folders;
import io.muster.spec.JobSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What rank 0 of a job reads from its standard input. */
final class StdinOption {
    private static final String OWN = "-";

    @Option(
            names = "--stdin",
            paramLabel = "FILE",
            description = {
                "What rank 0 reads from its standard input; - for all that this command can read from its own.",
                "run passes a file on by itself, as in: muster run heat -n 4 -- ./heat < input.txt"
            })
    private @Nullable String file;

    /** A job and the copy of its standard input, which is there until it is closed. */
    record Fed(JobSpec spec, Optional<Path> copy) implements AutoCloseable {
        @Override
        public void close() {
            copy.ifPresent(Fed::delete);
        }

        private static void delete(Path copy) {
            try {
                Folders.delete(copy);
            } catch (IOException e) {
                // A temporary file: what removes those finds it.
            }
        }
    }

    /** The job with what the option names. Blocks until the end of this command's input where it names that. */
    Fed feed(JobSpec spec, Surroundings surroundings) {
        if (file == null) {
            return new Fed(spec, Optional.empty());
        }
        return file.equals(OWN) ? copied(spec, surroundings.in()) : new Fed(spec.withStdin(file), Optional.empty());
    }

    /** The same, and without the option with the file that this command reads from. */
    Fed feedAlsoRedirected(JobSpec spec, Surroundings surroundings) {
        Optional<Path> redirected = surroundings.inputFile();
        if (file != null || redirected.isEmpty()) {
            return feed(spec, surroundings);
        }
        // Opened anew: a shell that reads the same file line by line goes on where it was.
        try (InputStream in = Files.newInputStream(redirected.get())) {
            return copied(spec, in);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Whether there is something to read that nobody has asked for. */
    static boolean waits(Surroundings surroundings) {
        try {
            return surroundings.in().available() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Fed copied(JobSpec spec, InputStream in) {
        try {
            Path folder = Files.createTempDirectory("muster-input-");
            Path copy = folder.resolve("stdin");
            Files.copy(in, copy);
            return new Fed(spec.withStdin(copy.toString()), Optional.of(folder));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static MusterException unreadable(IOException e) {
        return new MusterException(
                MusterException.Kind.INPUT,
                "the standard input of the job cannot be copied",
                System.getProperty("java.io.tmpdir"),
                String.valueOf(e.getMessage()),
                "name a file: --stdin FILE",
                e);
    }
}
