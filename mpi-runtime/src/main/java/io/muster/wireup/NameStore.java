package io.muster.wireup;

import java.io.IOException;
import java.util.Optional;

/**
 * Names under which ports are published (MPI 4.1, section 11.9.4), as one publisher sees them. Thread-safe; calls block
 * while the names are elsewhere.
 */
public interface NameStore extends AutoCloseable {
    /** Publishes; false when the name is in use, by whomever. */
    boolean publish(String name, String port) throws IOException;

    /** Takes a name back; false when this publisher has not published it. */
    boolean unpublish(String name) throws IOException;

    /** The port that anybody has published under the name. */
    Optional<String> lookUp(String name) throws IOException;

    /** Takes back all that this publisher has published. */
    @Override
    void close();
}
