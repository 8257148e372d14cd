package io.muster.mpi.engine;

import io.muster.mpi.transport.Doorbell;
import io.muster.mpi.transport.Meeting;
import io.muster.mpi.transport.Transport;
import io.muster.wireup.RankLost;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Message passing of one rank: sends and receives of byte ranges in numbered contexts between world ranks. It knows
 * nothing of communicators and types.
 *
 * <p>Thread-safe: whoever is inside holds the lock, waiting threads let others in. Progress is made inside calls, and
 * now and then by a thread of its own, so that a rank that computes for long still answers.
 */
public final class Engine implements AutoCloseable {
    /** Any source or any tag. */
    public static final int ANY = Matcher.ANY;

    private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final int rank;
    private final int size;
    private final List<Transport> transports;
    private final Losses losses = new Losses();
    private final ReentrantLock lock = new ReentrantLock();
    private final Doorbell doorbell;
    private final Peers peers;
    private final Matcher matcher;
    private final EagerProtocol eager;
    private final RendezvousProtocol rendezvous;
    private final Progress progress;
    private final ContextTable contexts;
    private final Waiting waiting;
    private final ForeignPeers foreign;
    private boolean closed;

    // What blocking calls were done with last, for the next one; both are only ever taken with the lock held.
    private volatile @Nullable ReceiveOperation spareReceive;
    private @Nullable SendOperation spareSend;

    /**
     * Owns the transports and the doorbell.
     *
     * @param localRanks ranks that share the cores of this machine, this one among them
     */
    public Engine(int rank, int size, int localRanks, List<Transport> transports, Doorbell doorbell) {
        this.rank = rank;
        this.size = size;
        this.transports = new CopyOnWriteArrayList<>(transports);
        this.doorbell = doorbell;
        this.peers = new Peers(size, transports);
        this.matcher = new Matcher(size);
        this.eager = new EagerProtocol(peers, matcher);
        this.rendezvous = new RendezvousProtocol(peers, matcher);
        this.contexts = new ContextTable(lock, rank, matcher, eager, rendezvous);
        this.progress = new Progress(transports, peers, eager, rendezvous, losses);
        Patience patience = Patience.of(localRanks, Runtime.getRuntime().availableProcessors());
        this.waiting = new Waiting(lock, patience, progress, doorbell, this::check);
        BackgroundProgress background = new BackgroundProgress(rank, doorbell, this::stepInBackground);
        if (size > 1) {
            background.start();
        }
        this.foreign = new ForeignPeers(this, lock, peers, progress, this.transports, doorbell, background);
    }

    /** The processes of other jobs that this one is connected to. */
    public ForeignPeers foreign() {
        return foreign;
    }

    public int rank() {
        return rank;
    }

    public int size() {
        return size;
    }

    /** From now on every waiting or new call fails, naming {@code lost}. Any thread. */
    public void rankLost(RankLost lost) {
        if (lost.rank() != rank) {
            losses.lost(lost);
            waiting.wakeAll();
        }
    }

    /** Sends and waits until the buffer may be used again. */
    public void send(int context, int destination, int tag, Object base, long offset, long bytes) {
        lock.lock();
        try {
            check();
            Peer peer = peers.of(destination);
            if (peer.messages.isEmpty()
                    && EagerProtocol.fits(peer, bytes)
                    && eager.offer(peer, context, tag, base, offset, bytes)) {
                return;
            }
            SendOperation send = spareSend == null ? new SendOperation() : spareSend;
            spareSend = null;
            progress.start(send.set(context, destination, tag, base, offset, bytes, SendOperation.Mode.STANDARD));
            await(send);
            send.forget();
            spareSend = send;
        } finally {
            lock.unlock();
        }
    }

    /** Starts a send; what is done at once is {@link SendOperation#DONE}. */
    public SendOperation startSend(
            int context, int destination, int tag, Object base, long offset, long bytes, SendOperation.Mode mode) {
        lock.lock();
        try {
            check();
            Peer peer = peers.of(destination);
            if (mode == SendOperation.Mode.STANDARD
                    && peer.messages.isEmpty()
                    && EagerProtocol.fits(peer, bytes)
                    && eager.offer(peer, context, tag, base, offset, bytes)) {
                return SendOperation.DONE;
            }
            SendOperation send = new SendOperation().set(context, destination, tag, base, offset, bytes, mode);
            progress.start(send);
            return send;
        } finally {
            lock.unlock();
        }
    }

    /** Receives at most {@code capacity} bytes, and waits for them. Give the operation back: {@link #release}. */
    public ReceiveOperation receive(int context, int source, int tag, Object base, long offset, long capacity) {
        lock.lock();
        try {
            check();
            ReceiveOperation receive = takeSpare();
            post(receive.set(context, source, tag, base, offset, capacity));
            await(receive);
            return receive;
        } finally {
            lock.unlock();
        }
    }

    /** Starts a receive of at most {@code capacity} bytes. */
    public ReceiveOperation startReceive(int context, int source, int tag, Object base, long offset, long capacity) {
        lock.lock();
        try {
            check();
            ReceiveOperation receive = takeSpare();
            post(receive.set(context, source, tag, base, offset, capacity));
            return receive;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back a receive that is done and that nobody will look at any more. Of several threads' one is kept. */
    public void release(ReceiveOperation receive) {
        receive.forget();
        spareReceive = receive;
    }

    /** Has another thread do {@code work}; the operation is done when that has returned or thrown. */
    public TaskOperation startTask(Runnable work) {
        TaskOperation task = new TaskOperation();
        TaskThreads.start(() -> {
            task.run(work);
            waiting.finish(task);
        });
        return task;
    }

    /** Waits until {@code operation} is done. */
    public void waitFor(Operation operation) {
        if (operation.done) {
            return;
        }
        lock.lock();
        try {
            await(operation);
        } finally {
            lock.unlock();
        }
    }

    /** Makes progress until {@code condition} holds; it is evaluated by this thread. */
    public void waitUntil(BooleanSupplier condition) {
        lock.lock();
        try {
            waiting.enter();
            int round = 0;
            while (!condition.getAsBoolean()) {
                round = waiting.step() > 0 ? 0 : waiting.idle(round, null);
            }
        } finally {
            waiting.leave();
            lock.unlock();
        }
    }

    /** Comes to the next meeting of all ranks that share memory, and waits until all have come. */
    void meet(Meeting meeting) {
        lock.lock();
        try {
            check();
            meeting.arrive();
            if (meeting.isComplete()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        waitUntil(meeting::isComplete);
    }

    /** Makes one step of progress. */
    public void poll() {
        lock.lock();
        try {
            check();
            waiting.step();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a receive that has not matched; false when it is too late. */
    public boolean cancel(ReceiveOperation receive) {
        lock.lock();
        try {
            if (receive.done || receive.agreed > 0) {
                return false;
            }
            matcher.cancel(receive);
            receive.cancelled = true;
            receive.done = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What a receive would get now, or null. */
    public @Nullable Arrival probe(int context, int source, int tag) {
        Unexpected message = look(context, source, tag, false);
        return message == null ? null : new Arrival(message.source, message.tag, message.size);
    }

    /** Takes the message that a receive would get now out of the line, for its own receive; null when there is none. */
    public @Nullable MatchedMessage takeMessage(int context, int source, int tag) {
        Unexpected message = look(context, source, tag, true);
        return message == null ? null : new MatchedMessage(message);
    }

    private @Nullable Unexpected look(int context, int source, int tag, boolean take) {
        lock.lock();
        try {
            check();
            Unexpected message = matcher.peek(context, source, tag);
            if (message == null) {
                waiting.step();
                message = matcher.peek(context, source, tag);
            }
            if (message != null && take) {
                matcher.take(message);
            }
            return message;
        } finally {
            lock.unlock();
        }
    }

    /** Starts the receive of a message that {@link #takeMessage} took. */
    public ReceiveOperation startReceive(MatchedMessage matched, Object base, long offset, long capacity) {
        lock.lock();
        try {
            check();
            Unexpected message = matched.message;
            ReceiveOperation receive = takeSpare();
            take(receive.set(message.context, message.source, message.tag, base, offset, capacity), message);
            return receive;
        } finally {
            lock.unlock();
        }
    }

    /** Which ids of communicators this rank has in use. */
    public ContextTable communicatorIds() {
        return contexts;
    }

    /**
     * Pushes out all that waits, tells every peer whose link was used that nothing more comes, and waits for the same
     * from it; bounded in time. Shared memory and links that were not used need no word.
     */
    public void goodbye() {
        long deadline = System.nanoTime() + GOODBYE_NANOS;
        Farewell farewell = new Farewell(peers, transports);
        waitUntil(() -> farewell.isComplete() || System.nanoTime() - deadline > 0);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                doorbell.close();
                transports.forEach(Transport::close);
            }
        } finally {
            lock.unlock();
        }
    }

    private void post(ReceiveOperation receive) {
        Unexpected message = matcher.post(receive);
        if (message != null) {
            take(receive, message);
        }
    }

    private void take(ReceiveOperation receive, Unexpected message) {
        if (message.payload == null) {
            rendezvous.take(receive, message);
        } else {
            eager.take(receive, message, message.payload);
        }
    }

    private ReceiveOperation takeSpare() {
        ReceiveOperation receive = spareReceive;
        if (receive == null) {
            return new ReceiveOperation();
        }
        spareReceive = null;
        return receive;
    }

    private void await(Operation operation) {
        if (operation.done) {
            return;
        }
        waiting.enter();
        try {
            int round = 0;
            while (!operation.done) {
                round = waiting.step() > 0 ? 0 : waiting.idle(round, operation);
            }
        } finally {
            waiting.leave();
        }
    }

    /** A step for a program that is in no call; false when there are none any more. */
    private boolean stepInBackground() {
        if (!lock.tryLock()) {
            return true;
        }
        try {
            if (!closed && !waiting.someoneIsInside()) {
                waiting.step();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void check() {
        losses.check();
        if (closed) {
            throw new Failure(ErrorClass.OTHER, "the engine is closed: MPI.Finalize was called");
        }
    }
}
