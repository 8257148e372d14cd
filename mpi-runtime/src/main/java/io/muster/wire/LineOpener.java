package io.muster.wire;

import java.io.IOException;

/** Opens lines to one party, each a new one. Thread-safe. */
@FunctionalInterface
public interface LineOpener {
    /** Opens a line; blocks for a bounded time. The caller owns it. */
    Line open() throws IOException;
}
