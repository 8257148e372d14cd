package io.muster.mpi.engine;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Which ids of communicators are in use, and what goes with one that is freed. Thread-safe. */
public final class ContextTable {
    private final ReentrantLock lock;
    private final CommunicatorIds ids;
    private final Matcher matcher;
    private final EagerProtocol eager;
    private final RendezvousProtocol rendezvous;

    ContextTable(ReentrantLock lock, int rank, Matcher matcher, EagerProtocol eager, RendezvousProtocol rendezvous) {
        this.lock = lock;
        this.ids = new CommunicatorIds(rank);
        this.matcher = matcher;
        this.eager = eager;
        this.rendezvous = rendezvous;
    }

    /** Takes an id for a communicator that this rank is the first of; see {@link CommunicatorIds}. */
    public int takeOwn() {
        lock.lock();
        try {
            int id = ids.takeOwn();
            while (knows(id)) {
                // A message came that nobody received: its context stays out of use.
                id = ids.takeOwn();
            }
            return id;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the id that the first rank of a new communicator has taken; false when it is not free here. */
    public boolean take(int id) {
        lock.lock();
        try {
            return !knows(id) && ids.take(id);
        } finally {
            lock.unlock();
        }
    }

    /** Gives an id back, and with it what came for its communicator and was not received. */
    public void release(int id) {
        lock.lock();
        try {
            drop(matcher.forget(Communicator.context(id)));
            drop(matcher.forget(Communicator.collectiveContext(id)));
            ids.release(id);
        } finally {
            lock.unlock();
        }
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
