package io.muster.bootstrap.master;

import java.io.IOException;

/** What the process of a connection master does beside, for as long as it lives. */
public interface Companion {
    /** Called once, when this process has become the master of its socket. */
    void start() throws IOException;

    /** Whether it has work that keeps the process. */
    boolean isBusy();

    /** Ends it; also when it was never started. */
    void close() throws IOException;
}
