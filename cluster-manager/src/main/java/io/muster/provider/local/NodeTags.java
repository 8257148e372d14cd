package io.muster.provider.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;

/**
 * What is written down about a local node before its process starts: the intent, and all that is needed to find the
 * process again.
 *
 * @param id unlike that of any other node, also of one with the same name before or after it
 * @param port SSH port asked for, 0 for any
 * @param creator the process that creates the node
 */
record NodeTags(
        String cluster,
        String name,
        int index,
        int slots,
        String id,
        int port,
        String hostPublicKey,
        String authorizedKey,
        Instant createdAt,
        ProcessId creator) {

    void write(Path file) throws IOException {
        Properties all = new Properties();
        all.setProperty("muster-cluster", cluster);
        all.setProperty("muster-node", name);
        all.setProperty("muster-index", Integer.toString(index));
        all.setProperty("muster-slots", Integer.toString(slots));
        all.setProperty("id", id);
        all.setProperty("port", Integer.toString(port));
        all.setProperty("host-key", hostPublicKey);
        all.setProperty("authorized-key", authorizedKey);
        all.setProperty("created-at", createdAt.toString());
        all.setProperty("creator", creator.toString());
        PropertyFile.write(file, all);
    }

    static NodeTags read(Path file) throws IOException {
        PropertyFile all = PropertyFile.read(file);
        return new NodeTags(
                all.text("muster-cluster"),
                all.text("muster-node"),
                all.number("muster-index"),
                all.number("muster-slots"),
                all.text("id"),
                all.number("port"),
                all.text("host-key"),
                all.text("authorized-key"),
                Instant.parse(all.text("created-at")),
                ProcessId.parse(all.text("creator")));
    }
}
