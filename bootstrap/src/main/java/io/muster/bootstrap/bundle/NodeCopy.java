package io.muster.bootstrap.bundle;

import io.muster.bootstrap.ssh.CommandResult;
import io.muster.bootstrap.ssh.Script;
import io.muster.bootstrap.ssh.SshException;
import io.muster.bootstrap.ssh.SshSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node has of a bundle, and what with it can take more.
 *
 * @param whole every file of it is there, with its size
 * @param freeBytes room on the disk
 * @param tools programs that the quicker ways need
 */
record NodeCopy(boolean whole, long freeBytes, Set<String> tools) {
    private static final Script CHECK = Script.of(NodeCopy.class, "check.sh");
    private static final Duration CHECK_DEADLINE = Duration.ofSeconds(60);

    /** The look did not succeed. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    /** Looks, and removes what dead attempts left. */
    static NodeCopy look(SshSession session, Bundle bundle, Duration deadline)
            throws Unreadable, SshException, InterruptedException {
        Duration limit = deadline.compareTo(CHECK_DEADLINE) < 0 ? deadline : CHECK_DEADLINE;
        CommandResult check = session.run(CHECK.command(bundle.hash()), limit);
        if (!check.succeeded()) {
            throw new Unreadable(check.stderr().strip());
        }
        return new NodeCopy(
                found(check.stdout()).equals(bundle.expected()),
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
