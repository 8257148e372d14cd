package io.muster.mpi.transport;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who of a node's ranks sleeps, and how to wake it: one line of shared memory a rank.
 *
 * <pre>
 *   0   1 while the rank sleeps; who sets it back to 0 must ring    (int)
 *   4   port of its bell                                            (int)
 *   8   token of its bell                                           (long)
 * </pre>
 *
 * <p>A sleeper looks once more after it has said that it sleeps. A writer looks whether anybody sleeps after it has
 * written, without a fence, which would cost every message some nanoseconds: it may miss a sleeper that falls asleep in
 * the same instant, which then sleeps to its end.
 */
final class Sleepers {
    static final int LINE = 64;

    private static final int PORT_AT = 4;
    private static final int TOKEN_AT = 8;
    private static final VarHandle ASLEEP = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment memory;
    private final long start;
    private final int me;
    private final Doorbell doorbell;
    private final @Nullable InetSocketAddress[] addresses;

    /** The lines start at {@code start} of {@code memory}; {@code me} is the place of this rank among them. */
    Sleepers(MemorySegment memory, long start, int ranks, int me, Doorbell doorbell, Doorbell.Bell mine) {
        this.memory = memory;
        this.start = start;
        this.me = me;
        this.doorbell = doorbell;
        this.addresses = new InetSocketAddress[ranks];
        memory.set(ValueLayout.JAVA_INT, at(me) + PORT_AT, mine.port());
        memory.set(ValueLayout.JAVA_LONG, at(me) + TOKEN_AT, mine.token());
    }

    /** From now on this rank is rung at. */
    void fallAsleep() {
        ASLEEP.setVolatile(memory, at(me), 1);
        VarHandle.fullFence();
    }

    void awake() {
        ASLEEP.setRelease(memory, at(me), 0);
    }

    /** Wakes a rank, when it sleeps, for what was written for it before. */
    void wake(int place) {
        if ((int) ASLEEP.getOpaque(memory, at(place)) != 0 && ASLEEP.compareAndSet(memory, at(place), 1, 0)) {
            doorbell.ring(addressOf(place), memory.get(ValueLayout.JAVA_LONG, at(place) + TOKEN_AT));
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
