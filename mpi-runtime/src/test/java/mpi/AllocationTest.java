package mpi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.muster.mpi.transport.Doorbell;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import mpi.RankThreads.Wiring;
import org.junit.jupiter.api.Test;

/** Blocking messages of arrays make no garbage but the status that a receive returns. */
final class AllocationTest {
    private static final int BLOCKS = 10;
    private static final int ROUNDS = 40;

    /** A status is a header and five small fields. */
    private static final long STATUS_BYTES = 48;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void a_round_trip_allocates_one_status() {
        // Sleeping in a selector allocates, at a futex nothing does.
        Doorbell.loadFutex();
        RankThreads.run(2, Wiring.SHM, comm -> {
            for (Datatype type : TypedArrays.TYPES) {
                for (int count : new int[] {1, 9_000}) {
                    Object data = type.element.newArray(count);
                    long[] allocated = new long[BLOCKS];
                    for (int block = 0; block < BLOCKS; block++) {
                        allocated[block] = allocatedByBlock(comm, data, count, type);
                    }
                    // What is done once takes some now and then, and so does a message that comes before its receive.
                    assertThat(Arrays.stream(allocated).min().orElseThrow())
                            .as("bytes in %d round trips of %d %s", ROUNDS, count, type)
                            .isLessThanOrEqualTo(ROUNDS * STATUS_BYTES);
                }
            }
        });
    }

    private long allocatedByBlock(Intracomm comm, Object data, int count, Datatype type) {
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
        int other = 1 - comm.getRank();
        for (int round = 0; round < ROUNDS; round++) {
            if (other == 1) {
                comm.Send(data, 0, count, type, other, 0);
                comm.Recv(data, 0, count, type, other, 0);
            } else {
                comm.Recv(data, 0, count, type, other, 0);
                comm.Send(data, 0, count, type, other, 0);
            }
        }
        return threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
    }
}
