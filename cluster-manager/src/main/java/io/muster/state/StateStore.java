package io.muster.state;

import io.muster.spec.ClusterName;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * What Muster remembers, in one folder of the user. Safe for many threads and many processes at once: every transaction
 * holds the store's write lock from its start, so keep it short and do nothing in it that waits for anything else. A
 * database that fails is a {@link StateException} in every call.
 */
public final class StateStore implements State, AutoCloseable {
    private final Path folder;
    private final DatabaseFile file;
    private final InstantSource clock;
    private final Handle handle;
    private final ReentrantLock oneTransaction = new ReentrantLock();
    private final SqlState state = SqlState.over(new Sessions() {
        @Override
        public <T> T with(Function<Session, T> work) {
            return transaction(work);
        }
    });

    private StateStore(Path folder, DatabaseFile file, InstantSource clock, Handle handle) {
        this.folder = folder;
        this.file = file;
        this.clock = clock;
        this.handle = handle;
    }

    /** Opens the store in this folder, and makes both when they are not there. Blocks on the disk. */
    public static StateStore open(Path folder) {
        return open(folder, InstantSource.system());
    }

    /**
     * Opens the store in this folder with this clock.
     *
     * @throws StateException when the folder or the database cannot be used
     */
    public static StateStore open(Path folder, InstantSource clock) {
        DatabaseFile file = DatabaseFile.in(folder);
        return new StateStore(folder, file, clock, Jdbi.open(file.connect()));
    }

    @Override
    public Clusters clusters() {
        return state.clusters();
    }

    @Override
    public Nodes nodes() {
        return state.nodes();
    }

    @Override
    public Jobs jobs() {
        return state.jobs();
    }

    @Override
    public Events events() {
        return state.events();
    }

    /**
     * Runs several calls as one transaction, all or nothing; what {@code work} throws undoes them. Not nested: inside,
     * use the given state, not the store.
     */
    public <T> T inTransaction(Function<State, T> work) {
        return transaction(session -> work.apply(SqlState.over(Sessions.of(session))));
    }

    /** {@link #inTransaction} without a result. */
    public void change(Consumer<State> work) {
        transaction(session -> {
            work.accept(SqlState.over(Sessions.of(session)));
            return session;
        });
    }

    /** Takes the lock of a cluster for an operation that must not run twice at once. Does not wait. */
    public LockAttempt lock(ClusterName cluster, String operation) {
        return OperationLock.tryLock(folder.resolve("locks"), cluster, operation, clock.instant());
    }

    /** Closes the database; the locks of clusters stay with their holders. */
    @Override
    public void close() {
        oneTransaction.lock();
        try {
            handle.close();
        } finally {
            oneTransaction.unlock();
        }
    }

    private <T> T transaction(Function<Session, T> work) {
        if (oneTransaction.isHeldByCurrentThread()) {
            throw new IllegalStateException("a transaction inside a transaction; use the state that it was given");
        }
        oneTransaction.lock();
        try {
            return handle.inTransaction(open -> work.apply(new Session(open, clock.instant())));
        } catch (JdbiException e) {
            throw file.explain(e);
        } finally {
            oneTransaction.unlock();
        }
    }
}
