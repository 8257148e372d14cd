package io.muster.cli;

import picocli.CommandLine.Option;

/** Whether lines of output say which rank wrote them. */
final class TagOptions {
    @Option(names = "--tag-output", description = "Begin every line of output with its rank, as in [3].")
    private boolean tag;

    @Option(names = "--no-tag", description = "Show lines of output as they were written (default).")
    private boolean noTag;

    RankOutput.Tag tag() {
        return tag && !noTag ? RankOutput.Tag.RANK : RankOutput.Tag.NONE;
    }
}
