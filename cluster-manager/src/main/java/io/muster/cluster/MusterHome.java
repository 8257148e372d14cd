package io.muster.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Where everything that Muster keeps on this machine lives; every folder is for the user alone (0700).
 *
 * @param root {@code MUSTER_HOME}, or {@code ~/.muster}
 */
public record MusterHome(Path root) {
    public MusterHome {
        root = root.toAbsolutePath().normalize();
    }

    /** The home that the environment names. */
    public static MusterHome of(Map<String, String> environment) {
        String named = environment.getOrDefault("MUSTER_HOME", "");
        return new MusterHome(named.isBlank() ? Path.of(System.getProperty("user.home"), ".muster") : Path.of(named));
    }

    /** The folder of the database and the locks. */
    public Path state() {
        return made("state");
    }

    /** The root of the nodes of provider {@code local}. */
    public Path local() {
        return made("local");
    }

    /** Keys and ssh_config of a cluster; removed when it is down. */
    public Path cluster(String name) {
        return made("clusters/" + name);
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
            throw new UncheckedIOException("cannot make " + folder + ": " + e.getMessage(), e);
        }
    }
}
