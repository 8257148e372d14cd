package io.muster.bootstrap.ssh;

import java.nio.file.Path;
import java.util.List;

/** Which host key a server may show. */
public sealed interface HostTrust {
    /**
     * This one only.
     *
     * @param line a line of a public key file: {@code ssh-ed25519 AAAA…}
     */
    record Pinned(String line) implements HostTrust {
        public Pinned {
            String[] words = line.strip().split("\\s+");
            if (words.length < 2) {
                throw new IllegalArgumentException("host key '" + line + "' is not a line like 'ssh-ed25519 AAAA…'");
            }
            line = words[0] + " " + words[1];
        }

        String type() {
            return line.substring(0, line.indexOf(' '));
        }
    }

    /**
     * One that the user's own files know. A machine that they do not know is met for the first time: whatever key it
     * shows is taken, and the caller pins it. For machines that exist already, where nobody can say beforehand.
     *
     * @param name name that the files know the machine by: {@code host}, or {@code [host]:port}
     * @param files {@code known_hosts} files; those that do not exist are passed over
     * @param stranger whether a machine that they do not know is let in
     */
    record Known(String name, List<Path> files, Stranger stranger) implements HostTrust {
        public Known {
            files = List.copyOf(files);
        }
    }

    /** What becomes of a machine that is met for the first time. */
    enum Stranger {
        TRUSTED_ONCE,
        REFUSED
    }
}
