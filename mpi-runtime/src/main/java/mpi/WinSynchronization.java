package mpi;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.onesided.LockKind;
import io.muster.mpi.onesided.Window;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;

/** The epochs of a window (MPI 4.1, section 12.5). Public so that reflection reaches it. */
public abstract sealed class WinSynchronization extends WinProperties permits Win {
    WinSynchronization(Window window, String made, Info hints) {
        super(window, made, hints);
    }

    /**
     * Completes the operations of all ranks and begins the next epoch (section 12.5.1). Blocks until all have come.
     *
     * @param assertion MODE_NOSUCCEED when no epoch begins; other modes are looked at no further
     */
    public void fence(int assertion) {
        run("fence", "assertion=" + assertion, open -> {
            checkModes(assertion, MPI.MODE_NOSTORE | MPI.MODE_NOPUT | MPI.MODE_NOPRECEDE | MPI.MODE_NOSUCCEED);
            open.fence((assertion & MPI.MODE_NOSUCCEED) == 0);
        });
    }

    /** Begins to access the ranks of a group, when they have posted (section 12.5.2). */
    public void start(Group group, int assertion) {
        run("start", "assertion=" + assertion, open -> {
            checkModes(assertion, MPI.MODE_NOCHECK);
            open.start(ranks(open, group), isChecked(assertion));
        });
    }

    /** Ends what {@link #start} began; all operations are complete at the targets. */
    public void complete() {
        run("complete", "", Window::complete);
    }

    /** Lets the ranks of a group access this one's memory. Does not block. */
    public void post(Group group, int assertion) {
        run("post", "assertion=" + assertion, open -> {
            checkModes(assertion, MPI.MODE_NOCHECK | MPI.MODE_NOSTORE | MPI.MODE_NOPUT);
            open.post(ranks(open, group), isChecked(assertion));
        });
    }

    /** Waits until all ranks that may access this one's memory since {@link #post} have completed. */
    public void waitFor() {
        run("waitFor", "", Window::waitForOrigins);
    }

    /** Whether {@link #waitFor} would not block; then it is done. */
    public boolean test() {
        return call("test", "", Window::testOrigins);
    }

    /**
     * Begins to access a rank that need not take part (section 12.5.3). Blocks until it has the lock.
     *
     * @param lockType LOCK_EXCLUSIVE or LOCK_SHARED
     * @param assertion MODE_NOCHECK when nobody else has a lock that conflicts
     */
    public void lock(int lockType, int rank, int assertion) {
        run("lock", "lockType=" + lockType + ", rank=" + rank + ", assertion=" + assertion, open -> {
            LockKind kind = switch (lockType) {
                case MPI.LOCK_EXCLUSIVE -> LockKind.EXCLUSIVE;
                case MPI.LOCK_SHARED -> LockKind.SHARED;
                default -> throw new Failure(ErrorClass.LOCKTYPE, "no such lock type");
            };
            checkModes(assertion, MPI.MODE_NOCHECK);
            if (checkRank(open, rank)) {
                open.lock(rank, kind, isChecked(assertion));
            }
        });
    }

    /** Ends what {@link #lock} began; all operations are complete at the target. */
    public void unlock(int rank) {
        toRank("unlock", rank, Window::unlock);
    }

    /** Begins to access all ranks, sharing their locks. */
    public void lockAll(int assertion) {
        run("lockAll", "assertion=" + assertion, open -> {
            checkModes(assertion, MPI.MODE_NOCHECK);
            open.lockAll(isChecked(assertion));
        });
    }

    /** Ends what {@link #lockAll} began; all operations are complete at the targets. */
    public void unlockAll() {
        run("unlockAll", "", Window::unlockAll);
    }

    /** Orders this rank's accesses to its own memory and those of others (section 12.5.4). */
    public void sync() {
        run("sync", "", Window::sync);
    }

    /** Completes all operations on a rank that is locked, there too. */
    public void flush(int targetRank) {
        toRank("flush", targetRank, Window::flush);
    }

    /** Completes all operations on ranks that are locked, there too. */
    public void flushAll() {
        run("flushAll", "", Window::flushAll);
    }

    /** Completes all operations on a rank that is locked, here: their buffers may be used again. */
    public void flushLocal(int targetRank) {
        toRank("flushLocal", targetRank, Window::flushLocal);
    }

    /** The same on all ranks that are locked. */
    public void flushLocalAll() {
        run("flushLocalAll", "", Window::flushLocalAll);
    }

    private void toRank(String call, int rank, ObjIntConsumer<Window> work) {
        run(call, "rank=" + rank, open -> {
            if (checkRank(open, rank)) {
                work.accept(open, rank);
            }
        });
    }

    private static boolean isChecked(int assertion) {
        return (assertion & MPI.MODE_NOCHECK) == 0;
    }

    private static void checkModes(int assertion, int allowed) {
        if ((assertion & ~allowed) != 0) {
            throw new Failure(ErrorClass.ASSERT, "the assertion has modes that this call does not know");
        }
    }

    /** The ranks of a group in the window. */
    private static int[] ranks(Window window, Group group) {
        int[] worldRanks = group.worldRanks();
        int[] ranks = Arrays.stream(worldRanks).map(window.core()::groupRank).toArray();
        if (group.isNull() || Arrays.stream(ranks).anyMatch(rank -> rank < 0)) {
            throw new Failure(ErrorClass.GROUP, "the group is null, or not all of its ranks are ranks of the window");
        }
        return ranks;
    }
}
