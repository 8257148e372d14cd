package io.muster.mpi.engine;

import io.muster.launch.RankEnvironment;
import io.muster.wireup.RankAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where this rank finds the files in shared memory of the ranks that it shares memory with. */
@FunctionalInterface
public interface SharedFolders {
    /** No rank shares memory with another. */
    SharedFolders NONE = rank -> {
        throw new IOException("rank " + rank + " has no folder in shared memory: no launcher started it");
    };

    /** The folder of a world rank that shares memory with this one, or this one's own. */
    Path of(int worldRank) throws IOException;

    /** Whether messages between ranks that share memory go through it; else everything goes through sockets. */
    default boolean usedByDefault() {
        return false;
    }

    /** Those of the ranks in {@code table}. */
    static SharedFolders of(RankEnvironment environment, List<RankAddress> table, TransportChoice choice) {
        return new SharedFolders() {
            @Override
            public Path of(int worldRank) throws IOException {
                RankAddress owner = table.get(worldRank);
                if (owner.nodeIndex() == environment.nodeIndex()) {
                    return environment.sharedFolder();
                }
                if (owner.shared().isEmpty()) {
                    throw new IOException("rank " + worldRank + " shares no memory with rank " + environment.rank());
                }
                return owner.shared().get().path();
            }

            @Override
            public boolean usedByDefault() {
                return choice.sharesMemory();
            }
        };
    }
}
