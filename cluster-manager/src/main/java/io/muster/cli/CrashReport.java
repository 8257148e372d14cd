package io.muster.cli;

import io.muster.cli.screen.ErrorBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** What is kept of a failure that nobody foresaw. */
final class CrashReport {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");

    private CrashReport() {}

    /** Writes the details to a file that only the user can read, and says where. */
    static ErrorBlock write(Throwable failure, Surroundings surroundings, String... args) {
        String what = "this is a bug in Muster: " + failure.getClass().getSimpleName();
        String seen = failure.getMessage() == null ? "" : failure.getMessage();
        try {
            Path file = keep(failure, surroundings.home(), args.length == 0 ? "" : args[0]);
            return new ErrorBlock(
                    what,
                    file.toString(),
                    seen,
                    "run it again with --verbose, and report it with that file; clusters and jobs are untouched");
        } catch (IOException e) {
            return new ErrorBlock(what, "no report was kept: " + e, seen, "run it again with --verbose, and report it");
        }
    }

    // The arguments stay out of the file but for the command: they may hold a secret.
    private static Path keep(Throwable failure, Path home, String command) throws IOException {
        if (!Files.isDirectory(home)) {
            Files.createDirectories(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path file = home.resolve("crash-" + STAMP.format(ZonedDateTime.now(ZoneOffset.UTC)) + ".log");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String text = Main.version() + "\ncommand: " + command + "\njava: " + Runtime.version() + "\n\n"
                + StackTraces.text(failure) + "\n";
        Files.writeString(file, text, StandardOpenOption.TRUNCATE_EXISTING);
        return file;
    }
}
