package io.muster.bootstrap.bundle;

import io.muster.bootstrap.bundle.SourceChoice.Answer;
import io.muster.bootstrap.bundle.SourceChoice.Situation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps who has the bundle, who is getting it and who waits, and gives every node its source by {@link SourceChoice},
 * in the order in which they ask. Thread-safe.
 */
final class SourceBoard implements AutoCloseable {
    private static final int REMEMBERED = 32;
    private static final long LOOK_AGAIN_MS = 1_000;

    private final int managerPlaces;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, HolderState> holders = new LinkedHashMap<>();
    private final Set<Source.Seed> seeding = new LinkedHashSet<>();
    private final Set<Waiter> waiting = new LinkedHashSet<>();
    private final Deque<Duration> took = new ArrayDeque<>();
    private int fetching;
    private int managerBusy;
    private int fetched;
    private int failed;

    /** @param managerPlaces nodes that the manager gives to at the same time */
    SourceBoard(int managerPlaces) {
        this.managerPlaces = managerPlaces;
    }

    /** Whom a node gets the bundle from; it is given back with {@link #finished}. */
    sealed interface Source {
        /** The manager; {@code moved} is told of progress. */
        record Seed(Movement moved) implements Source {}

        /** The manager, directly. */
        record Push() implements Source {}

        /** Another node. */
        record Node(ArchiveHolder holder) implements Source {}
    }

    /** How a transfer ended. */
    enum End {
        SUCCEEDED,
        /** It failed, perhaps by the source's fault. */
        FAILED,
        /** The source does not work at all. */
        SOURCE_DEAD,
        /** It failed, not by the source's fault. */
        ABANDONED
    }

    private static final class HolderState {
        final ArchiveHolder holder;
        final boolean seed;
        int busy;
        int given;
        int failures;

        HolderState(ArchiveHolder holder, boolean seed) {
            this.holder = holder;
            this.seed = seed;
        }

        SourceChoice.Candidate seen() {
            return new SourceChoice.Candidate(holder.name(), busy, given, failures);
        }
    }

    private static final class Waiter {
        final Set<String> tried;
        final CompletableFuture<Source> source = new CompletableFuture<>();

        Waiter(Set<String> tried) {
            this.tried = tried;
        }
    }

    /**
     * Waits for a source.
     *
     * @param tried names of nodes that failed this one
     * @throws TimeoutException when there is none until the deadline
     */
    Source await(Set<String> tried, Duration deadline) throws InterruptedException, TimeoutException {
        long endNanos = System.nanoTime() + deadline.toNanos();
        Waiter waiter = new Waiter(Set.copyOf(tried));
        locked(() -> waiting.add(waiter));
        try {
            while (System.nanoTime() < endNanos) {
                try {
                    return waiter.source.get(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // A seed may have stopped moving, which nobody tells.
                    locked(() -> true);
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            }
            throw new TimeoutException("no source in " + deadline.toSeconds() + " s");
        } catch (InterruptedException | TimeoutException e) {
            Source late = locked(() -> waiting.remove(waiter)) ? null : waiter.source.getNow(null);
            if (late != null) {
                finished(late, End.ABANDONED, Duration.ZERO);
            }
            throw e;
        }
    }

    /** Gives a source back. */
    void finished(Source source, End end, Duration duration) {
        locked(() -> {
            switch (source) {
                case Source.Seed seed -> {
                    managerBusy--;
                    seeding.remove(seed);
                }
                case Source.Push push -> managerBusy--;
                case Source.Node node -> finished(holders.get(node.holder().name()), end, duration);
            }
            return true;
        });
    }

    private void finished(@Nullable HolderState holder, End end, Duration duration) {
        fetching--;
        if (holder != null) {
            holder.busy--;
            switch (end) {
                case SUCCEEDED -> holder.given++;
                case FAILED -> holder.failures++;
                case SOURCE_DEAD -> holder.failures = SourceChoice.FAILURES;
                case ABANDONED -> {}
            }
        }
        switch (end) {
            case SUCCEEDED -> {
                fetched++;
                took.addLast(duration);
                if (took.size() > REMEMBERED) {
                    took.removeFirst();
                }
            }
            case FAILED, SOURCE_DEAD -> failed++;
            case ABANDONED -> {}
        }
    }

    /** Takes a node that has the bundle now; the board owns it, and closes it at once when there are enough. */
    void add(ArchiveHolder holder, boolean seed) {
        boolean taken = locked(() -> holders.size() < SourceChoice.MAX_HOLDERS
                && holders.putIfAbsent(holder.name(), new HolderState(holder, seed)) == null);
        if (!taken) {
            holder.close();
        }
    }

    /** How long the next transfer may take. */
    Duration limit(Duration most) {
        lock.lock();
        try {
            return SourceChoice.limit(List.copyOf(took), most);
        } finally {
            lock.unlock();
        }
    }

    /** Ends every holder. */
    @Override
    public void close() {
        lock.lock();
        try {
            holders.values().forEach(state -> state.holder.close());
            holders.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Changes something, then gives sources to whoever can have one now. */
    private boolean locked(BooleanSupplier change) {
        lock.lock();
        try {
            boolean result = change.getAsBoolean();
            dispatch();
            return result;
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        Iterator<Waiter> queue = waiting.iterator();
        while (queue.hasNext()) {
            Waiter waiter = queue.next();
            Optional<Source> source = take(SourceChoice.choose(situation(), waiter.tried));
            source.ifPresent(waiter.source::complete);
            if (source.isPresent()) {
                queue.remove();
            } else if (waiter.tried.isEmpty()) {
                // There is nothing for anybody; whoever tried some has fewer to choose from.
                return;
            }
        }
    }

    private Optional<Source> take(Answer answer) {
        return switch (answer) {
            case Answer.Wait wait -> Optional.empty();
            case Answer.Push push -> {
                managerBusy++;
                yield Optional.of(new Source.Push());
            }
            case Answer.Seed seed -> {
                managerBusy++;
                Source.Seed source = new Source.Seed(new Movement());
                seeding.add(source);
                yield Optional.of(source);
            }
            case Answer.FromNode node -> {
                fetching++;
                HolderState state = holders.get(node.name());
                if (state == null) {
                    throw new IllegalStateException(node.name() + " was chosen and is no holder");
                }
                state.busy++;
                yield Optional.of(new Source.Node(state.holder));
            }
        };
    }

    private Situation situation() {
        int moving =
                (int) seeding.stream().filter(seed -> seed.moved().recently()).count();
        int grown = (int) holders.values().stream()
                .filter(state -> state.seed && state.failures < SourceChoice.FAILURES)
                .count();
        return new Situation(
                holders.values().stream().map(HolderState::seen).toList(),
                moving + grown,
                moving + fetching,
                managerPlaces - managerBusy,
                fetched,
                failed);
    }
}
