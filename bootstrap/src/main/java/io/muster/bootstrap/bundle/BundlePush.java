package io.muster.bootstrap.bundle;

import io.muster.bootstrap.ssh.CommandResult;
import io.muster.bootstrap.ssh.Script;
import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Brings a bundle to {@code ~/.muster/bundles/HASH} of a node: wholly or not at all, not twice. What runs there is a
 * POSIX shell with {@code dd}, {@code find} and {@code wc}. Not for two managers and one node at once.
 */
public final class BundlePush {
    private static final Script CHECK = Script.of(BundlePush.class, "check.sh");
    private static final Script UNPACK = Script.of(BundlePush.class, "unpack.sh");
    private static final Duration CHECK_DEADLINE = Duration.ofSeconds(60);
    private static final String FOLDER = ".muster/bundles";
    private static final int NO_ROOM = 28;
    /** What a file takes on the disk beyond its bytes, and what must stay free for jobs. */
    private static final long SLACK_BYTES = 4L << 20;

    private BundlePush() {}

    /**
     * Pushes; blocks until the node has all of it.
     *
     * @param deadline for the whole
     * @param progress gets the number of bytes sent, now and then
     */
    public static PushResult push(SshSession session, Bundle bundle, Duration deadline, LongConsumer progress)
            throws SshException, InterruptedException {
        CommandResult check = session.run(CHECK.command(bundle.hash()), min(deadline, CHECK_DEADLINE));
        if (!check.succeeded()) {
            return new PushResult.Refused(check.stderr().strip());
        }
        if (found(check.stdout()).equals(bundle.expected())) {
            return new PushResult.AlreadyThere();
        }
        long free = freeBytes(check.stdout());
        if (free < bundle.sizeBytes() + SLACK_BYTES) {
            return new PushResult.NoRoom(FOLDER, bundle.sizeBytes() + SLACK_BYTES, free);
        }
        CommandResult unpack =
                session.stream(UNPACK.command(bundle.hash(), random()), out -> bundle.writeTo(out, progress), deadline);
        return switch (unpack.exit()) {
            case 0 -> new PushResult.Sent(bundle.sizeBytes());
            case NO_ROOM -> noRoomOrRefused(bundle, unpack);
            default -> new PushResult.Refused(unpack.stderr().strip());
        };
    }

    private static PushResult noRoomOrRefused(Bundle bundle, CommandResult unpack) {
        long free = freeBytes(unpack.stdout());
        return free < bundle.sizeBytes() + SLACK_BYTES
                ? new PushResult.NoRoom(FOLDER, bundle.sizeBytes() + SLACK_BYTES, free)
                : new PushResult.Refused(unpack.stderr().strip());
    }

    private static List<String> found(String output) {
        // wc adds lines with totals; names of the bundle begin with ./
        return output.lines().filter(line -> line.contains(" ./")).sorted().toList();
    }

    private static long freeBytes(String output) {
        return output.lines()
                .filter(line -> line.matches("free \\d+"))
                .mapToLong(line -> Long.parseLong(line.substring("free ".length())) * 1024)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static String random() {
        byte[] bytes = new byte[6];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
