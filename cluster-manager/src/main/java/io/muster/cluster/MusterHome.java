package io.muster.cluster;

import io.muster.api.MusterException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/**
 * Where everything that Muster keeps on this machine lives; every folder is for the user alone (0700).
 *
 * @param root {@code MUSTER_HOME}, or {@code ~/.muster}
 */
public record MusterHome(Path root) {
    public MusterHome {
        root = root.toAbsolutePath().normalize();
    }

    /** The home that the environment names: {@code MUSTER_HOME}, or {@code ~/.muster}. */
    public static MusterHome of(Map<String, String> environment) {
        String named = environment.getOrDefault("MUSTER_HOME", "");
        if (!named.isBlank()) {
            return new MusterHome(Path.of(named));
        }
        // What a shell means by ~; Java asks the table of users.
        String user = environment.getOrDefault("HOME", "");
        return new MusterHome(Path.of(user.isBlank() ? System.getProperty("user.home") : user, ".muster"));
    }

    /** The folder of the database and the locks. */
    public Path state() {
        return made("state");
    }

    /** The root of the nodes of provider {@code local}. */
    public Path local() {
        return made("local");
    }

    /** Which machines provider {@code hosts} ever took. */
    public Path hosts() {
        return made("hosts");
    }

    /** Keys and ssh_config of a cluster; removed when it is down. */
    public Path cluster(String name) {
        return made("clusters/" + name);
    }

    /** Sockets and locks of processes of ours. */
    public Path run() {
        return made("run");
    }

    /** Journal of a job; stays. */
    public Path job(String jobId) {
        return made("jobs/" + jobId);
    }

    private Path made(String below) {
        Path folder = root.resolve(below);
        try {
            return Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new MusterException(
                    MusterException.Kind.INFRASTRUCTURE,
                    "cannot create the folder for Muster's state",
                    folder.toString(),
                    reason(e),
                    "make its parent folder writable, or set MUSTER_HOME to a folder that you can write",
                    e);
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case FileAlreadyExistsException taken -> taken.getFile() + " is there and is no folder";
            case FileSystemException other ->
                Objects.requireNonNullElse(other.getReason(), "cannot make it") + ": " + other.getFile();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
