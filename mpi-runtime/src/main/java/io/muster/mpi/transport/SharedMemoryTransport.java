package io.muster.mpi.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The way to the other ranks of the same node, through rings in shared memory. */
public final class SharedMemoryTransport implements Transport {
    private static final int FRAMES_A_POLL = 16;

    private final SharedSegment segment;
    private final Map<Integer, Link> links = new HashMap<>();
    private final RingReader[] readers;

    private SharedMemoryTransport(SharedSegment segment, int rank, List<Integer> nodeRanks) {
        this.segment = segment;
        int me = nodeRanks.indexOf(rank);
        readers = new RingReader[nodeRanks.size() - 1];
        int next = 0;
        for (int i = 0; i < nodeRanks.size(); i++) {
            if (i != me) {
                links.put(nodeRanks.get(i), segment.writer(me, i));
                readers[next++] = segment.reader(i, me, nodeRanks.get(i));
            }
        }
    }

    /** Makes the shared file in {@code folder}; called by one rank of a node before any opens it. */
    public static void create(Path folder, int ranks) throws IOException {
        SharedSegment.create(folder, ranks);
    }

    /** Opens the shared file; {@code nodeRanks} are the world ranks of this node in order, {@code rank} among them. */
    public static SharedMemoryTransport open(Path folder, int rank, List<Integer> nodeRanks) throws IOException {
        return new SharedMemoryTransport(SharedSegment.open(folder, nodeRanks.size()), rank, nodeRanks);
    }

    @Override
    public Map<Integer, Link> links() {
        return links;
    }

    @Override
    public int poll(FrameHandler handler) {
        int count = 0;
        for (RingReader reader : readers) {
            count += reader.poll(handler, FRAMES_A_POLL);
        }
        return count;
    }

    @Override
    public boolean park(long nanos) {
        return false;
    }

    @Override
    public boolean flushed() {
        return true;
    }

    @Override
    public void close() {
        segment.close();
    }
}
