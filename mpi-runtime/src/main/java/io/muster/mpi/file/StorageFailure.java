package io.muster.mpi.file;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the operating system says, in the error classes of the standard (MPI 4.1, section 14.7). */
final class StorageFailure {
    private StorageFailure() {}

    /** The failure of what was done to a file. */
    static Failure of(IOException e, String what, Path file) {
        String reason = e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(e.getMessage());
        return switch (e) {
            case NoSuchFileException _ ->
                new Failure(ErrorClass.NO_SUCH_FILE, "cannot " + what + " " + file + ": there is no such file", e);
            case FileAlreadyExistsException _ ->
                new Failure(ErrorClass.FILE_EXISTS, "cannot " + what + " " + file + ": the file exists", e);
            case AccessDeniedException _ ->
                new Failure(ErrorClass.ACCESS, "cannot " + what + " " + file + ": permission denied", e);
            case ClosedByInterruptException _ ->
                new Failure(
                        ErrorClass.IO,
                        "cannot " + what + " " + file + ": the thread was interrupted, which closes its file",
                        e);
            default -> new Failure(errorClass(reason), "cannot " + what + " " + file + ": " + reason, e);
        };
    }

    /** By the words of the C library. */
    private static ErrorClass errorClass(String reason) {
        return switch (reason) {
            case "No space left on device" -> ErrorClass.NO_SPACE;
            case "Disk quota exceeded" -> ErrorClass.QUOTA;
            case "Read-only file system" -> ErrorClass.READ_ONLY;
            case "Permission denied", "Operation not permitted" -> ErrorClass.ACCESS;
            case "Is a directory", "Not a directory", "File name too long" -> ErrorClass.BAD_FILE;
            case "Text file busy" -> ErrorClass.FILE_IN_USE;
            default -> ErrorClass.IO;
        };
    }
}
