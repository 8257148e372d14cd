package io.muster.mpi.onesided;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ReceiveOperation;
import io.muster.mpi.transport.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Epochs between groups (MPI 4.1, section 12.5.2): who posts tells the origins of its group so, who completes tells its
 * targets, with empty messages. Epochs of one window follow each other, so messages of two never mix. The program calls
 * each side from one thread at a time.
 */
final class GroupEpochs {
    private static final int POSTED = 1;
    private static final int COMPLETED = 2;

    private final Communicator core;
    private int[] targets = {};
    private List<ReceiveOperation> completions = List.of();

    GroupEpochs(Communicator core) {
        this.core = core;
    }

    /** Waits for the posts of these ranks, unless the program says that they have been made. */
    void start(int[] ranks, boolean check) {
        targets = ranks.clone();
        if (check) {
            awaitAll(receives(ranks, POSTED));
        }
    }

    int[] targets() {
        return targets.clone();
    }

    void complete() {
        tell(targets, COMPLETED);
        targets = new int[0];
    }

    void post(int[] origins, boolean check) {
        completions = receives(origins, COMPLETED);
        if (check) {
            tell(origins, POSTED);
        }
    }

    void waitForOrigins() {
        awaitAll(completions);
        completions = List.of();
    }

    /** Makes progress; whether all origins have completed. */
    boolean test() {
        core.engine().poll();
        if (!completions.stream().allMatch(ReceiveOperation::done)) {
            return false;
        }
        waitForOrigins();
        return true;
    }

    private List<ReceiveOperation> receives(int[] ranks, int tag) {
        List<ReceiveOperation> receives = new ArrayList<>();
        for (int rank : ranks) {
            receives.add(core.startReceive(Frame.NOTHING, 0, 0, rank, tag));
        }
        return receives;
    }

    private void awaitAll(List<ReceiveOperation> receives) {
        for (ReceiveOperation receive : receives) {
            core.engine().waitFor(receive);
            core.engine().release(receive);
        }
    }

    private void tell(int[] ranks, int tag) {
        for (int rank : ranks) {
            core.sendMessage(Frame.NOTHING, 0, 0, rank, tag);
        }
    }
}
