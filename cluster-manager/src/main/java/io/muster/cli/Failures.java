package io.muster.cli;

import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.cli.screen.ErrorBlock;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Failures between the manager and the screen. */
final class Failures {
    private Failures() {}

    static ErrorBlock block(MusterException failure) {
        return new ErrorBlock(failure.what(), failure.where(), failure.seen(), failure.next());
    }

    /** A disk that did not do what it was asked to; not a bug, and no report could be kept on it. */
    static ErrorBlock block(UncheckedIOException failure, Path home) {
        return new ErrorBlock(
                "a file could not be read or written",
                home.toString(),
                String.valueOf(failure.getMessage()),
                "free space on its disk, or set MUSTER_HOME to another folder, then run the command again");
    }

    /** The user wanted out, and the work broke off where it stood. */
    static ErrorBlock interrupted(Throwable failure) {
        return new ErrorBlock(
                "interrupted",
                "",
                String.valueOf(failure.getMessage()),
                "the same command, run again, completes what this one began");
    }

    /** What the user gave is wrong. */
    static MusterException wrongInput(String what, String where, String seen, String next) {
        return new MusterException(Kind.INPUT, what, where, seen, next);
    }

    /** The same for a value that a record of the spec refused. */
    static MusterException refused(IllegalArgumentException refusal, String where, String next) {
        String what = refusal.getMessage() == null ? "a value is wrong" : refusal.getMessage();
        return new MusterException(Kind.INPUT, what, where, "", next, refusal);
    }
}
