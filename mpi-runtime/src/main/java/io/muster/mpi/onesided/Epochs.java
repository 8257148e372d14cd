package io.muster.mpi.onesided;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which epochs of a window are open at this rank (MPI 4.1, section 12.5); whatever is not in its order fails with class
 * RMA_SYNC. Thread-safe.
 */
final class Epochs {
    private final @Nullable LockKind[] locks;
    private final boolean[] unchecked;
    private final boolean[] started;
    private boolean allLocked;
    private boolean fenced;
    private boolean usedSinceFence;
    private boolean startOpen;
    private boolean posted;

    Epochs(int ranks) {
        locks = new @Nullable LockKind[ranks];
        unchecked = new boolean[ranks];
        started = new boolean[ranks];
    }

    /** Throws when no epoch lets this rank access {@code target}. */
    synchronized void checkAccess(int target) {
        if (fenced) {
            usedSinceFence = true;
        } else if (!started[target] && !allLocked && locks[target] == null) {
            throw wrong("no epoch is open in which rank " + target + " may be accessed; call fence, start, lock or"
                    + " lockAll first");
        }
    }

    /** Throws unless {@code target} is locked. */
    synchronized void checkLocked(int target) {
        if (!allLocked && locks[target] == null) {
            throw wrong("rank " + target + " is not locked by this rank");
        }
    }

    /** The targets that are locked; throws when there are none. */
    synchronized List<Integer> locked() {
        List<Integer> ranks = IntStream.range(0, locks.length)
                .filter(rank -> allLocked || locks[rank] != null)
                .boxed()
                .toList();
        if (ranks.isEmpty()) {
            throw wrong("no rank is locked by this rank");
        }
        return ranks;
    }

    synchronized void checkFence() {
        checkNotPassive("fence");
        if (startOpen) {
            throw wrong("an epoch that start began is open; call complete first");
        }
        if (posted) {
            throw wrong("an exposure that post began is open; call waitFor first");
        }
    }

    synchronized void fenced(boolean more) {
        fenced = more;
        usedSinceFence = false;
    }

    synchronized void lock(int target, LockKind kind, boolean check) {
        beginPassive();
        if (allLocked || locks[target] != null) {
            throw wrong("rank " + target + " is locked by this rank already");
        }
        locks[target] = kind;
        unchecked[target] = !check;
    }

    /** The lock, which is given up; null when the program has said that it need not be taken. */
    synchronized @Nullable LockKind unlock(int target) {
        LockKind kind = locks[target];
        if (kind == null) {
            throw wrong("rank " + target + " is not locked by this rank, at least not by lock");
        }
        locks[target] = null;
        return unchecked[target] ? null : kind;
    }

    synchronized void lockAll(boolean check) {
        beginPassive();
        if (allLocked || Arrays.stream(locks).anyMatch(lock -> lock != null)) {
            throw wrong("ranks are locked by this rank already");
        }
        allLocked = true;
        Arrays.fill(unchecked, !check);
    }

    /** Whether the locks have been taken. */
    synchronized boolean unlockAll() {
        if (!allLocked) {
            throw wrong("lockAll was not called before");
        }
        allLocked = false;
        return !unchecked[0];
    }

    synchronized void start(int[] targets) {
        checkNotPassive("start");
        if (startOpen) {
            throw wrong("an epoch that start began is open; call complete first");
        }
        endFence();
        startOpen = true;
        for (int target : targets) {
            started[target] = true;
        }
    }

    synchronized void complete() {
        if (!startOpen) {
            throw wrong("start was not called before");
        }
        startOpen = false;
        Arrays.fill(started, false);
    }

    synchronized void post() {
        if (posted) {
            throw wrong("an exposure that post began is open; call waitFor first");
        }
        endFence();
        posted = true;
    }

    synchronized void checkPosted() {
        if (!posted) {
            throw wrong("post was not called before");
        }
    }

    synchronized void unpost() {
        posted = false;
    }

    synchronized void checkFree() {
        checkNotPassive("free");
        if (startOpen || posted) {
            throw wrong("an epoch is open; call " + (startOpen ? "complete" : "waitFor") + " first");
        }
    }

    private void beginPassive() {
        if (startOpen) {
            throw wrong("an epoch that start began is open; call complete first");
        }
        endFence();
    }

    private void endFence() {
        if (fenced && usedSinceFence) {
            throw wrong("operations since the last fence are open; call fence first");
        }
        fenced = false;
    }

    private void checkNotPassive(String call) {
        if (allLocked || Arrays.stream(locks).anyMatch(lock -> lock != null)) {
            throw wrong("ranks are locked; unlock them before " + call);
        }
    }

    private static Failure wrong(String why) {
        return new Failure(ErrorClass.RMA_SYNC, why);
    }
}
