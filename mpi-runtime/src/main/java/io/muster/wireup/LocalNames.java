package io.muster.wireup;

import io.muster.launch.Folders;
import io.muster.launch.RandomBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Names that the jobs of one user on one machine share. A name is a file in the shared folder of the job that has
 * published it, so it goes with the job, however that ends; who looks a name up looks into all of these folders that
 * are his own. Who publishes holds a lock file for a moment. Thread-safe.
 */
public final class LocalNames implements NameStore {
    private static final String JOB_FOLDERS = "muster-*";
    private static final String NAMES = "names";
    private static final int MAX_POSITION = (1 << 30) - 1;

    /** Locks of files are of the whole process. */
    private static final ReentrantLock PUBLISHING = new ReentrantLock();

    private final Path parent;
    private final Path own;

    /** Names of the job whose shared folder is {@code sharedFolder}; that must be there when one is published. */
    public LocalNames(Path sharedFolder) {
        this.parent = Objects.requireNonNull(sharedFolder.toAbsolutePath().getParent(), "a shared folder lies in one");
        this.own = sharedFolder.toAbsolutePath().resolve(NAMES);
    }

    @Override
    public boolean publish(String name, String port) throws IOException {
        PUBLISHING.lock();
        try {
            return publishLocked(name, port);
        } finally {
            PUBLISHING.unlock();
        }
    }

    private boolean publishLocked(String name, String port) throws IOException {
        Path lockFile = parent.resolve("muster-names-" + user().getName() + ".lock");
        while (true) {
            try (FileChannel channel = FileChannel.open(
                            lockFile,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && isAt(lockFile, channel)) {
                    try {
                        return publishAlone(name, port);
                    } finally {
                        Files.deleteIfExists(lockFile);
                    }
                }
            }
        }
    }

    /**
     * Whether the file was not removed by who had the lock before: the next one would lock another file. Tells by a
     * random length, as to open the file a second time and close it would release the lock.
     */
    private static boolean isAt(Path file, FileChannel channel) throws IOException {
        int position = ByteBuffer.wrap(RandomBytes.of(Integer.BYTES)).getInt() & MAX_POSITION;
        channel.truncate(0);
        channel.write(ByteBuffer.allocate(1), position);
        try {
            return Files.size(file) == position + 1L;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean publishAlone(String name, String port) throws IOException {
        if (lookUp(name).isPresent()) {
            return false;
        }
        if (!Files.exists(own)) {
            Folders.createPrivate(own);
        }
        Path unfinished = own.resolve("unfinished");
        Files.deleteIfExists(unfinished);
        Folders.writePrivate(unfinished, port.getBytes(StandardCharsets.UTF_8));
        Files.move(unfinished, own.resolve(fileName(name)), StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    @Override
    public boolean unpublish(String name) throws IOException {
        return Files.deleteIfExists(own.resolve(fileName(name)));
    }

    @Override
    public Optional<String> lookUp(String name) throws IOException {
        String fileName = fileName(name);
        UserPrincipal user = user();
        try (DirectoryStream<Path> jobs = Files.newDirectoryStream(parent, JOB_FOLDERS)) {
            for (Path job : jobs) {
                Optional<String> port = read(job, job.resolve(NAMES).resolve(fileName), user);
                if (port.isPresent()) {
                    return port;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> read(Path job, Path file, UserPrincipal user) {
        try {
            return Files.getOwner(job, LinkOption.NOFOLLOW_LINKS).equals(user) && Files.exists(file)
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (IOException e) {
            // The job has just ended, and the name with it.
            return Optional.empty();
        }
    }

    private static UserPrincipal user() throws IOException {
        return Files.getOwner(Path.of("/proc/self"));
    }

    /** Of any name, also a long one or one with slashes. */
    private static String fileName(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java runtime", e);
        }
    }

    @Override
    public void close() {
        try {
            Folders.delete(own);
        } catch (IOException e) {
            // It goes with the job's folder.
        }
    }
}
