package io.muster.bootstrap.master;

import io.muster.bootstrap.AgentLink;
import io.muster.wire.Line;
import java.io.IOException;

/** A session that many commands have lines through, and that can be given up without cutting them off. Thread-safe. */
final class SharedLink {
    private final AgentLink link;
    private int lines;
    private boolean retired;

    /** Takes over the link. */
    SharedLink(AgentLink link) {
        this.link = link;
    }

    /** One line through the session; closing it gives the session back. */
    final class Use implements AutoCloseable {
        private final Line line;

        private Use(Line line) {
            this.line = line;
        }

        Line line() {
            return line;
        }

        /** To be called once. */
        @Override
        public void close() {
            line.close();
            leave();
        }
    }

    /** Opens a line to the agent; blocks until it answers. */
    Use open() throws IOException {
        enter();
        boolean done = false;
        try {
            Use use = new Use(link.line());
            done = true;
            return use;
        } finally {
            if (!done) {
                leave();
            }
        }
    }

    private synchronized void enter() {
        lines++;
    }

    private synchronized void leave() {
        lines--;
        endWhenUnused();
    }

    /** Whether new lines may go through it. */
    synchronized boolean isOpen() {
        return !retired && link.isOpen();
    }

    /** No new line goes through it; it ends with the last one. */
    synchronized void retire() {
        retired = true;
        endWhenUnused();
    }

    private void endWhenUnused() {
        if (retired && lines == 0) {
            link.close();
        }
    }

    /** Ends it with all lines. */
    void end() {
        link.close();
    }
}
