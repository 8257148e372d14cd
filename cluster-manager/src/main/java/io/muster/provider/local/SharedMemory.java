package io.muster.provider.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where what runs on a local node keeps its shared memory, so that it can be removed with the node. */
final class SharedMemory {
    private static final Path ROOT = Path.of("/dev/shm");

    private SharedMemory() {}

    /** The path of a node's folder; it need not exist. */
    static Path path(String nodeId) {
        return ROOT.resolve("muster-node-" + nodeId);
    }

    /** Makes the folder of a node, mode 0700. */
    static Path folder(String nodeId) throws IOException {
        return Files.createDirectory(
                path(nodeId), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
