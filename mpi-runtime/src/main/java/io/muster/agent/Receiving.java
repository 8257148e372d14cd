package io.muster.agent;

import io.muster.launch.RandomBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** The agent's side of staging: content goes to a part file, is verified, and only then gets its name. */
final class Receiving {
    /** Larger files are not kept for other jobs. */
    private static final long MAX_KEPT_BYTES = 256L << 20;

    private static final int NAME_BYTES = 8;

    private final Path parts;
    private final Path store;

    Receiving(Path agentFolder) {
        this.parts = agentFolder.resolve("parts");
        this.store = agentFolder.resolve("store");
    }

    void receive(JobFolder job, AgentRequest.Stage wanted, AgentService.Replies replies) throws IOException {
        if (!wanted.sha256().matches("[0-9a-f]{64}") || wanted.sizeBytes() < 0) {
            throw new AgentException(AgentException.Kind.WRONG_INPUT, "no file has such a checksum or size: " + wanted);
        }
        JobFiles files = new JobFiles(job);
        Path target = files.target(wanted.relativePath());
        Path part = parts.resolve(HexFormat.of().formatHex(RandomBytes.of(NAME_BYTES)));
        try {
            Files.createDirectories(parts);
            Files.createDirectories(store);
            files.createParent(target);
            Path kept = store.resolve(wanted.sha256());
            boolean known = Files.exists(kept) && Files.size(kept) == wanted.sizeBytes();
            if (known) {
                Files.copy(kept, part);
            } else {
                requireSpace(wanted);
                replies.send(new AgentReply.Wanted(true));
                takeContent(wanted, part, replies);
                keep(part, kept, wanted.sizeBytes());
            }
            setMode(part, wanted.executable());
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            replies.send(known ? new AgentReply.Wanted(false) : new AgentReply.Done());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void requireSpace(AgentRequest.Stage wanted) throws IOException {
        long usable = Files.getFileStore(parts).getUsableSpace();
        if (usable < wanted.sizeBytes()) {
            throw new AgentException(
                    AgentException.Kind.DISK_FULL,
                    "no space left for " + wanted.relativePath() + ": it has " + wanted.sizeBytes()
                            + " bytes, the disk " + usable
                            + ". Free some space on that node, or ask for a larger disk.");
        }
    }

    /** Confirms every chunk but the last, which the whole file is confirmed with. */
    private static void takeContent(AgentRequest.Stage wanted, Path part, AgentService.Replies replies)
            throws IOException {
        MessageDigest digest = Sha256.digest();
        long left = wanted.sizeBytes();
        try (OutputStream out = Files.newOutputStream(part)) {
            while (true) {
                byte[] bytes = replies.receiveChunk();
                if (bytes.length > left || (bytes.length == 0 && left > 0)) {
                    throw new IOException(
                            "the content of " + wanted.relativePath() + " has not the size that was said");
                }
                digest.update(bytes);
                write(out, bytes, wanted.relativePath());
                left -= bytes.length;
                if (left == 0) {
                    break;
                }
                replies.send(new AgentReply.Done());
            }
        }
        Sha256.require(wanted.sha256(), digest, wanted.relativePath());
    }

    private static void write(OutputStream out, byte[] bytes, String what) throws IOException {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw JobFiles.writingFailed(what, e);
        }
    }

    private static void keep(Path part, Path kept, long sizeBytes) throws IOException {
        if (sizeBytes > MAX_KEPT_BYTES) {
            return;
        }
        Path copy = part.resolveSibling(part.getFileName() + ".kept");
        try {
            Files.copy(part, copy);
            Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // The store only saves sending again; without room for it the job can still run.
            Files.deleteIfExists(copy);
        }
    }

    private static void setMode(Path part, boolean executable) throws IOException {
        Set<PosixFilePermission> mode = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if (executable) {
            mode.add(PosixFilePermission.OWNER_EXECUTE);
        }
        Files.setPosixFilePermissions(part, mode);
    }
}
