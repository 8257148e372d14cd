package io.muster.cli;

import io.muster.spec.ClusterSpec;
import io.muster.spec.ReadResult;
import io.muster.spec.SpecReader;
import java.nio.file.Path;

/** Reading the sizing file that a command names. */
final class SizingFile {
    private SizingFile() {}

    /** The spec in it. When it is wrong, everything that is wrong is on stderr, and the failure sums it up. */
    static ClusterSpec read(Session session, Path file) {
        return switch (SpecReader.read(session.folder().resolve(file))) {
            case ReadResult.Ok ok -> ok.spec();
            case ReadResult.Problems wrong -> {
                session.screen().say(wrong.render() + "\n");
                int count = wrong.problems().size();
                throw Failures.wrongInput(
                        count == 1 ? "the sizing file has a problem" : "the sizing file has " + count + " problems",
                        file.toString(),
                        "",
                        "correct the file as said above, then run the same command again");
            }
        };
    }

    /** Whether an argument that may name a cluster or a file names a file. */
    static boolean isMeant(String argument) {
        return argument.contains("/") || argument.endsWith(".yaml") || argument.endsWith(".yml");
    }
}
