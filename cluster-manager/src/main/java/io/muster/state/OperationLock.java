package io.muster.state;

import io.muster.spec.ClusterName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to change one cluster. It is a lock of the operating system on a file, so it is gone with the process that
 * held it, however that ended. Closing it gives it back.
 */
public final class OperationLock implements AutoCloseable {
    // The kernel's lock belongs to the process, and closing any channel on the file drops it: a second attempt of this
    // process must not open the file at all.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private OperationLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static LockAttempt tryLock(Path folder, ClusterName cluster, String operation, Instant now) {
        try {
            PrivateFiles.makeFolder(folder);
            Path file = folder.toRealPath().resolve(cluster + ".lock");
            Path holder = folder.resolve(cluster + ".holder");
            if (!HELD_HERE.add(file)) {
                return readHolder(cluster, holder);
            }
            boolean acquired = false;
            try {
                PrivateFiles.makeFile(file);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    channel.close();
                    return readHolder(cluster, holder);
                }
                acquired = true;
                PrivateFiles.makeFile(holder);
                Files.write(
                        holder, List.of(Long.toString(ProcessHandle.current().pid()), now.toString(), operation));
                return new LockAttempt.Acquired(new OperationLock(file, channel));
            } finally {
                if (!acquired) {
                    HELD_HERE.remove(file);
                }
            }
        } catch (IOException e) {
            throw new StateException(
                    "cannot lock cluster " + cluster + " in " + folder + ": " + e
                            + ". Check that the folder is yours, on a local disk, and that the disk is not full.",
                    e);
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new StateException("cannot give back the lock " + file + ": " + e, e);
        } finally {
            HELD_HERE.remove(file);
        }
    }

    private static LockAttempt readHolder(ClusterName cluster, Path holder) {
        try {
            List<String> lines = Files.readAllLines(holder);
            if (lines.size() >= 3) {
                return new LockAttempt.HeldByOther(
                        cluster, Long.parseLong(lines.get(0)), lines.get(2), Instant.parse(lines.get(1)));
            }
        } catch (IOException | NumberFormatException | DateTimeParseException e) {
            // The other process has the lock and has not yet said who it is.
            return unknownHolder(cluster);
        }
        return unknownHolder(cluster);
    }

    private static LockAttempt unknownHolder(ClusterName cluster) {
        return new LockAttempt.HeldByOther(cluster, 0, "another operation", Instant.EPOCH);
    }
}
