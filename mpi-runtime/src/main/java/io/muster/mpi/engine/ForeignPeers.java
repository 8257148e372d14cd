package io.muster.mpi.engine;

import io.muster.mpi.transport.Doorbell;
import io.muster.mpi.transport.FrameKind;
import io.muster.mpi.transport.TcpTransport;
import io.muster.mpi.transport.Transport;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The processes of other jobs that this one is connected to. Each has a number beyond the ranks of this job, which
 * means nothing elsewhere; what travels is the {@link ProcessId}. A connection lives as long as a communicator uses it:
 * then both ends take leave of each other, so that the end of the process is no loss. Thread-safe.
 */
public final class ForeignPeers {
    private static final long PARTING_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Engine engine;
    private final ReentrantLock lock;
    private final Peers peers;
    private final Progress progress;
    private final List<Transport> transports;
    private final Doorbell doorbell;
    private final BackgroundProgress background;
    private final Map<Integer, ProcessId> idOfNumber = new HashMap<>();
    private final Map<ProcessId, Integer> numberOfId = new HashMap<>();
    private final Map<Integer, Integer> uses = new HashMap<>();
    private UUID job = UUID.randomUUID();
    private String address = "127.0.0.1";
    private int next;

    ForeignPeers(
            Engine engine,
            ReentrantLock lock,
            Peers peers,
            Progress progress,
            List<Transport> transports,
            Doorbell doorbell,
            BackgroundProgress background) {
        this.engine = engine;
        this.lock = lock;
        this.peers = peers;
        this.progress = progress;
        this.transports = transports;
        this.doorbell = doorbell;
        this.background = background;
        next = engine.size();
    }

    /** Which job this process belongs to, and the address where others reach it; else it is one by itself. */
    void home(UUID ownJob, String ownAddress) {
        job = ownJob;
        address = ownAddress;
    }

    /** Where processes of other jobs reach this one; an IP literal. */
    public String address() {
        return address;
    }

    /** Who has this number. */
    public ProcessId idOf(int number) {
        lock.lock();
        try {
            ProcessId known = idOfNumber.get(number);
            return known == null ? new ProcessId(job, number) : known;
        } finally {
            lock.unlock();
        }
    }

    /** The number of a process; empty when it belongs to another job and is not connected. */
    public OptionalInt numberOf(ProcessId id) {
        lock.lock();
        try {
            if (id.job().equals(job)) {
                return id.rank() < engine.size() ? OptionalInt.of(id.rank()) : OptionalInt.empty();
            }
            Integer known = numberOfId.get(id);
            return known == null ? OptionalInt.empty() : OptionalInt.of(known);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a process belongs to this one's job. */
    public boolean isOfThisJob(ProcessId id) {
        return id.job().equals(job);
    }

    /** Takes {@code count} numbers, of which the first is returned. */
    public int reserve(int count) {
        lock.lock();
        try {
            int first = next;
            next += count;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Listens for processes that connect; the transport is the caller's until it is added. */
    public TcpTransport listen(int rank, int size, String purpose, byte[] key) throws IOException {
        return TcpTransport.listen(rank, size, purpose, address, key, doorbell);
    }

    /** Adds processes that {@code transport} leads to, under numbers that were reserved. */
    public void add(int first, List<ProcessId> ids, TcpTransport transport) {
        lock.lock();
        try {
            for (int i = 0; i < ids.size(); i++) {
                idOfNumber.put(first + i, ids.get(i));
                numberOfId.put(ids.get(i), first + i);
            }
            peers.add(transport.links());
            transports.add(transport);
            progress.add(transport);
        } finally {
            lock.unlock();
        }
        background.start();
        doorbell.wakeUp();
    }

    /** A communicator uses these. */
    void retain(int[] numbers) {
        lock.lock();
        try {
            for (int number : numbers) {
                if (number >= engine.size()) {
                    uses.merge(number, 1, Integer::sum);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** A communicator uses these no more: takes leave of those that no other one uses. */
    void release(int[] numbers) {
        lock.lock();
        try {
            for (int number : numbers) {
                if (number >= engine.size() && uses.merge(number, -1, Integer::sum) == 0) {
                    part(number);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void part(int number) {
        Peer peer = peers.of(number);
        if (!peer.wasToldGoodbye) {
            peer.wasToldGoodbye = true;
            peers.control(number, FrameKind.GOODBYE, 0, 0, 0);
        }
        ProcessId id = idOfNumber.get(number);
        if (id != null) {
            numberOfId.remove(id, number);
        }
    }

    /** Waits until those of them that no communicator uses any more have taken leave too, but not for ever. */
    public void awaitParting(int[] numbers) {
        long deadline = System.nanoTime() + PARTING_NANOS;
        engine.waitUntil(() -> System.nanoTime() - deadline > 0 || haveParted(numbers));
    }

    private boolean haveParted(int[] numbers) {
        for (int number : numbers) {
            if (number >= engine.size()) {
                Peer peer = peers.of(number);
                if (peer.wasToldGoodbye && !(peer.saidGoodbye && peer.idle()) && !peer.gone) {
                    return false;
                }
            }
        }
        return true;
    }

    /** One more than the highest number in use. */
    int limit() {
        lock.lock();
        try {
            return next;
        } finally {
            lock.unlock();
        }
    }
}
