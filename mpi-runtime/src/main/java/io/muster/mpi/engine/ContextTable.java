package io.muster.mpi.engine;

import java.util.List;

/** Which ids of communicators are in use, and what goes with one that is freed. Guarded by the engine's lock. */
final class ContextTable {
    private final CommunicatorIds ids;
    private final Matcher matcher;
    private final EagerProtocol eager;
    private final RendezvousProtocol rendezvous;

    ContextTable(int rank, Matcher matcher, EagerProtocol eager, RendezvousProtocol rendezvous) {
        this.ids = new CommunicatorIds(rank);
        this.matcher = matcher;
        this.eager = eager;
        this.rendezvous = rendezvous;
    }

    int takeOwn() {
        int id = ids.takeOwn();
        while (knows(id)) {
            // A message came that nobody received: its context stays out of use.
            id = ids.takeOwn();
        }
        return id;
    }

    boolean take(int id) {
        return !knows(id) && ids.take(id);
    }

    void release(int id) {
        drop(matcher.forget(Communicator.context(id)));
        drop(matcher.forget(Communicator.collectiveContext(id)));
        ids.release(id);
    }

    private boolean knows(int id) {
        return matcher.knows(Communicator.context(id)) || matcher.knows(Communicator.collectiveContext(id));
    }

    private void drop(List<Unexpected> messages) {
        for (Unexpected message : messages) {
            if (message.payload == null) {
                rendezvous.drop(message);
            } else {
                eager.drop(message);
            }
        }
    }
}
