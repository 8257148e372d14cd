package io.muster.bootstrap.bundle;

import io.muster.bootstrap.ssh.CommandResult;
import io.muster.bootstrap.ssh.Script;
import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import io.muster.bootstrap.ssh.StreamWriter;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * Brings a bundle to {@code ~/.muster/node/bundles/HASH} of a node: wholly or not at all, not twice. What runs there is
 * a POSIX shell with {@code dd}, {@code find} and {@code wc}. Not for two managers and one node at once.
 */
public final class BundlePush {
    private static final Script UNPACK = Script.of(BundlePush.class, "stream.sh", "unpack.sh");
    private static final String FOLDER = ".muster/node/bundles";
    private static final int NO_ROOM = 28;
    /** What a file takes on the disk beyond its bytes, and what must stay free for jobs. */
    private static final long SLACK_BYTES = 4L << 20;

    /** How the bundle comes to a node. */
    public enum Transfer {
        /** To a node on this machine: its files are linked or copied there; plain where the node does not see them. */
        SHARED,
        /** As it is. */
        PLAIN,
        /** Compressed, to a node that has {@code gzip}: fewer bytes for more work. */
        GZIP
    }

    private BundlePush() {}

    /**
     * Pushes; blocks until the node has all of it.
     *
     * @param transfer what is wanted; a node that cannot do that gets it plain
     * @param deadline for the whole
     * @param progress gets the number of bytes of the bundle sent, now and then
     */
    public static PushResult push(
            SshSession session, Bundle bundle, Transfer transfer, Duration deadline, LongConsumer progress)
            throws SshException, InterruptedException {
        try {
            NodeCopy copy = NodeCopy.look(session, bundle, transfer, deadline);
            if (copy.whole()) {
                return copy.shared() ? new PushResult.Shared(bundle.sizeBytes()) : new PushResult.AlreadyThere();
            }
            return send(session, bundle, copy, transfer, deadline, progress);
        } catch (NodeCopy.Unreadable e) {
            return new PushResult.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** Sends to a node that was looked at and has no whole copy. */
    static PushResult send(
            SshSession session,
            Bundle bundle,
            NodeCopy copy,
            Transfer transfer,
            Duration deadline,
            LongConsumer progress)
            throws SshException, InterruptedException {
        if (copy.freeBytes() < needed(bundle)) {
            return noRoom(bundle, copy.freeBytes());
        }
        boolean gzip = transfer == Transfer.GZIP && copy.has("gzip");
        return gzip ? compressed(session, bundle, deadline, progress) : plain(session, bundle, deadline, progress);
    }

    /** What a node needs on its disk. */
    static long needed(Bundle bundle) {
        return bundle.sizeBytes() + SLACK_BYTES;
    }

    static PushResult noRoom(Bundle bundle, long freeBytes) {
        return new PushResult.NoRoom(FOLDER, needed(bundle), freeBytes);
    }

    /** A word that no other attempt has. */
    static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** The progress of an archive as that of the bundle in it. */
    static LongConsumer scaled(LongConsumer progress, Bundle bundle, BundleArchive archive) {
        return sent -> progress.accept((long) ((double) sent / archive.sizeBytes() * bundle.sizeBytes()));
    }

    private static PushResult compressed(SshSession session, Bundle bundle, Duration deadline, LongConsumer progress)
            throws SshException, InterruptedException {
        BundleArchive archive;
        try {
            archive = bundle.archive();
        } catch (IOException e) {
            // No room for it on this machine, say: what it saves is not worth failing for.
            return plain(session, bundle, deadline, progress);
        }
        LongConsumer scaled = scaled(progress, bundle, archive);
        return stream(session, bundle, "gzip", out -> archive.writeTo(out, scaled), archive.sizeBytes(), deadline);
    }

    private static PushResult plain(SshSession session, Bundle bundle, Duration deadline, LongConsumer progress)
            throws SshException, InterruptedException {
        return stream(session, bundle, "plain", out -> bundle.writeTo(out, progress), bundle.sizeBytes(), deadline);
    }

    private static PushResult stream(
            SshSession session, Bundle bundle, String how, StreamWriter content, long travelling, Duration deadline)
            throws SshException, InterruptedException {
        CommandResult unpack = session.stream(UNPACK.command(bundle.hash(), random(6), how), content, deadline);
        return switch (unpack.exit()) {
            case 0 -> new PushResult.Sent(bundle.sizeBytes(), travelling);
            case NO_ROOM -> noRoomOrRefused(bundle, unpack.stdout(), unpack.stderr());
            default -> new PushResult.Refused(unpack.stderr().strip());
        };
    }

    private static PushResult noRoomOrRefused(Bundle bundle, String output, String errors) {
        long free = NodeCopy.freeBytes(output).orElse(Long.MAX_VALUE);
        return free < needed(bundle) ? noRoom(bundle, free) : new PushResult.Refused(errors.strip());
    }
}
