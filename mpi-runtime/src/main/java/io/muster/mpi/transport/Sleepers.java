package io.muster.mpi.transport;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who of the ranks that share memory sleeps, and how to wake it: one line of shared memory a rank.
 *
 * <pre>
 *   0    0: awake, 1: sleeps at this word (a futex), 2: sleeps at its bell    (int)
 *   4    port of its bell                                                     (int)
 *   8    token of its bell                                                    (long)
 *   16   1: this rank can wake others by futex                                (int)
 *   32   how long it sleeps: seconds and nanoseconds                          (2 × long)
 * </pre>
 *
 * <p>A sleeper says that it sleeps, and looks once more what has come. A writer writes, and looks whether the other
 * sleeps. Between the two steps both have a full fence, so one of them sees the other: no wake-up is lost. Who sets the
 * word back to 0 wakes. Nobody sleeps at a futex before all can wake it there.
 */
final class Sleepers {
    static final int LINE = 64;

    private static final int AWAKE = 0;
    private static final int AT_FUTEX = 1;
    private static final int AT_BELL = 2;

    private static final int PORT_AT = 4;
    private static final int TOKEN_AT = 8;
    private static final int WAKES_BY_FUTEX_AT = 16;
    private static final int TIMEOUT_AT = 32;
    private static final VarHandle STATE = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment memory;
    private final long start;
    private final int ranks;
    private final int me;
    private final Doorbell doorbell;
    private final @Nullable InetSocketAddress[] addresses;
    private boolean allWakeByFutex;

    /** The lines start at {@code start} of {@code memory}; {@code me} is the place of this rank among them. */
    Sleepers(MemorySegment memory, long start, int ranks, int me, Doorbell doorbell, Doorbell.Bell mine) {
        this.memory = memory;
        this.start = start;
        this.ranks = ranks;
        this.me = me;
        this.doorbell = doorbell;
        this.addresses = new InetSocketAddress[ranks];
        memory.set(ValueLayout.JAVA_INT, at(me) + PORT_AT, mine.port());
        memory.set(ValueLayout.JAVA_LONG, at(me) + TOKEN_AT, mine.token());
        if (Futex.loaded() != null) {
            wakesByFutex();
        }
    }

    /** From now on others may sleep at futexes and this rank wakes them: {@link Futex#load} has succeeded. */
    void wakesByFutex() {
        STATE.setVolatile(memory, at(me) + WAKES_BY_FUTEX_AT, 1);
    }

    /** Whether a sleep can be one at a futex. */
    boolean canSleepAtFutex() {
        if (!allWakeByFutex) {
            for (int place = 0; place < ranks; place++) {
                if ((int) STATE.getAcquire(memory, at(place) + WAKES_BY_FUTEX_AT) == 0) {
                    return false;
                }
            }
            allWakeByFutex = Futex.loaded() != null;
        }
        return allWakeByFutex;
    }

    /** From now on this rank is woken by whoever writes for it: at its futex, or at its bell. */
    void fallAsleep(boolean atFutex) {
        STATE.setVolatile(memory, at(me), atFutex ? AT_FUTEX : AT_BELL);
        VarHandle.fullFence();
    }

    /** Sleeps at the futex, unless somebody has woken this rank since {@link #fallAsleep}. */
    void awaitAtFutex(long nanos) {
        Futex futex = Futex.loaded();
        if (futex != null) {
            long second = TimeUnit.SECONDS.toNanos(1);
            memory.set(ValueLayout.JAVA_LONG, at(me) + TIMEOUT_AT, nanos / second);
            memory.set(ValueLayout.JAVA_LONG, at(me) + TIMEOUT_AT + Long.BYTES, nanos % second);
            long address = memory.address() + at(me);
            futex.await(address, AT_FUTEX, address + TIMEOUT_AT);
        }
    }

    void awake() {
        STATE.setRelease(memory, at(me), AWAKE);
    }

    /** Wakes this rank itself at its futex. Any thread. */
    void wakeMe() {
        if ((int) STATE.getAndSet(memory, at(me), AWAKE) == AT_FUTEX) {
            wakeAtFutex(me);
        }
    }

    /** Wakes a rank, when it sleeps, for what was written for it before. */
    void wake(int place) {
        VarHandle.fullFence();
        if ((int) STATE.getOpaque(memory, at(place)) != AWAKE) {
            wakeAt(place);
        }
    }

    private void wakeAt(int place) {
        switch ((int) STATE.getAndSet(memory, at(place), AWAKE)) {
            case AT_FUTEX -> wakeAtFutex(place);
            case AT_BELL -> doorbell.ring(addressOf(place), memory.get(ValueLayout.JAVA_LONG, at(place) + TOKEN_AT));
            default -> {
                // Somebody else has woken it.
            }
        }
    }

    private void wakeAtFutex(int place) {
        Futex futex = Futex.loaded();
        if (futex != null) {
            futex.wake(memory.address() + at(place));
        }
    }

    private InetSocketAddress addressOf(int place) {
        InetSocketAddress known = addresses[place];
        if (known == null) {
            int port = memory.get(ValueLayout.JAVA_INT, at(place) + PORT_AT);
            known = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            addresses[place] = known;
        }
        return known;
    }

    private long at(int place) {
        return start + (long) place * LINE;
    }
}
