package io.muster.provider.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What a node's own process says: errors only, and never more than a bound. */
final class NodeLog {
    private static final long MAX_BYTES = 1024 * 1024;
    // held, so that the level is not forgotten with a logger that nobody refers to
    private static final Logger LIBRARY = Logger.getLogger("org.apache.sshd");

    private NodeLog() {}

    /** A client that goes away is no news to anybody. */
    static void quiet() {
        LIBRARY.setLevel(Level.SEVERE);
    }

    /** Empties the log when it is over its bound; the process appends, so it goes on from there. */
    static void bound(Path log) {
        try {
            if (Files.size(log) > MAX_BYTES) {
                try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
            }
        } catch (IOException e) {
            // the folder is being removed
        }
    }
}
