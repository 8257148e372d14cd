package io.muster.bootstrap.bundle;

import io.muster.bootstrap.bundle.BundlePush.Transfer;
import io.muster.bootstrap.ssh.CommandResult;
import io.muster.bootstrap.ssh.Script;
import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node has of a bundle, and what with it can take more.
 *
 * @param whole every file of it is there, with its size
 * @param shared it was taken from the files of this machine just now
 * @param freeBytes room on the disk
 * @param tools programs that the quicker ways need
 */
record NodeCopy(boolean whole, boolean shared, long freeBytes, Set<String> tools) {
    private static final Script CHECK = Script.of(NodeCopy.class, "check.sh");
    private static final Duration CHECK_DEADLINE = Duration.ofSeconds(60);

    /** The look did not succeed. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    /** Looks, takes the bundle from where it lies on the node already, and removes what dead attempts left. */
    static NodeCopy look(SshSession session, Bundle bundle, Transfer transfer, Duration deadline)
            throws Unreadable, SshException, InterruptedException {
        Duration limit = deadline.compareTo(CHECK_DEADLINE) < 0 ? deadline : CHECK_DEADLINE;
        List<String> words = new ArrayList<>(List.of(bundle.hash(), BundlePush.random(6)));
        if (transfer == Transfer.SHARED) {
            words.addAll(bundle.origins());
        }
        CommandResult check = session.run(CHECK.command(words.toArray(String[]::new)), limit);
        if (!check.succeeded()) {
            throw new Unreadable(check.stderr().strip());
        }
        return new NodeCopy(
                found(check.stdout()).equals(bundle.expected()),
                check.stdout().lines().anyMatch("shared"::equals),
                freeBytes(check.stdout()).orElse(Long.MAX_VALUE),
                words(check.stdout(), "tool ").collect(Collectors.toSet()));
    }

    boolean has(String... wanted) {
        return tools.containsAll(List.of(wanted));
    }

    /** The number in a line {@code free KIBIBYTES} of a script's output, in bytes. */
    static Optional<Long> freeBytes(String output) {
        return words(output, "free ")
                .filter(number -> number.matches("\\d{1,15}"))
                .map(number -> Long.parseLong(number) * 1024)
                .findFirst();
    }

    private static List<String> found(String output) {
        // wc adds lines with totals; names of the bundle begin with ./
        return output.lines().filter(line -> line.contains(" ./")).sorted().toList();
    }

    private static Stream<String> words(String output, String key) {
        return output.lines().filter(line -> line.startsWith(key)).map(line -> line.substring(key.length()));
    }
}
