package io.muster.mpi.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The way to the other ranks of the same machine, through rings in shared memory. */
public final class SharedMemoryTransport implements Transport {
    private static final int FRAMES_A_POLL = 16;

    private final Doorbell doorbell;
    private final Map<Integer, Link> links = new HashMap<>();
    private final Meeting meeting;
    private final RingReader[] readers;

    private SharedMemoryTransport(SharedSegment segment, int me, List<Integer> machineRanks, Doorbell doorbell)
            throws IOException {
        this.doorbell = doorbell;
        Sleepers sleepers = segment.sleepers(me, doorbell);
        doorbell.attach(sleepers);
        meeting = segment.meeting(me, sleepers);
        readers = new RingReader[machineRanks.size() - 1];
        int next = 0;
        for (int i = 0; i < machineRanks.size(); i++) {
            if (i != me) {
                int place = i;
                links.put(machineRanks.get(i), segment.writer(me, i, () -> sleepers.wake(place)));
                readers[next++] = segment.reader(i, me, machineRanks.get(i), () -> sleepers.wake(place));
            }
        }
    }

    /** Makes the shared file in {@code folder}; called by one of the ranks that open it. */
    public static void create(Path folder, int ranks) throws IOException {
        SharedSegment.create(folder, ranks);
    }

    /**
     * Opens the shared file; blocks until it is there.
     *
     * @param machineRanks the world ranks that share memory, in order, {@code rank} among them
     * @param doorbell where {@code rank} sleeps
     */
    public static SharedMemoryTransport open(Path folder, int rank, List<Integer> machineRanks, Doorbell doorbell)
            throws IOException {
        SharedSegment segment = SharedSegment.open(folder, machineRanks.size());
        return new SharedMemoryTransport(segment, machineRanks.indexOf(rank), machineRanks, doorbell);
    }

    /** Where these ranks meet. */
    public Meeting meeting() {
        return meeting;
    }

    @Override
    public Map<Integer, Link> links() {
        return links;
    }

    @Override
    public int poll(FrameHandler handler) {
        int count = meeting.poll();
        for (RingReader reader : readers) {
            count += reader.poll(handler, FRAMES_A_POLL);
        }
        return count;
    }

    @Override
    public boolean flushed() {
        return true;
    }

    @Override
    public void close() {
        doorbell.detach();
    }
}
