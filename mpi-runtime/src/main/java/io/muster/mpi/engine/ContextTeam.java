package io.muster.mpi.engine;

import io.muster.mpi.collective.Folding;
import io.muster.mpi.collective.Scratch;
import io.muster.mpi.collective.Team;
import io.muster.mpi.transport.Meeting;
import org.jspecify.annotations.Nullable;

/**
 * Ranks that take part in one collective operation under a tag of its own, so that it may be under way while others
 * are: what non-blocking operations, intercommunicators and groups that are no communicator yet run on. For one thread.
 */
final class ContextTeam implements Team {
    private final Engine engine;
    private final int context;
    private final int tag;
    private final int[] worldRanks;
    private final int rank;
    private final Scratch scratch = new Scratch();

    /** {@code rank} is what this rank is among its own, which may be others than {@code worldRanks}. */
    ContextTeam(Engine engine, int context, int tag, int[] worldRanks, int rank) {
        this.engine = engine;
        this.context = context;
        this.tag = tag;
        this.worldRanks = worldRanks;
        this.rank = rank;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return worldRanks.length;
    }

    @Override
    public void send(Object base, long offset, long bytes, int to) {
        engine.send(context, worldRanks[to], tag, base, offset, bytes);
    }

    @Override
    public void receive(Object base, long offset, long bytes, int from) {
        finish(engine.receive(context, worldRanks[from], tag, base, offset, bytes));
    }

    @Override
    public Object scratch(Folding folding, int count) {
        return scratch.of(folding.type(), count);
    }

    @Override
    public Runnable startReceive(Object base, long offset, long bytes, int from) {
        ReceiveOperation receive = engine.startReceive(context, worldRanks[from], tag, base, offset, bytes);
        return () -> {
            engine.waitFor(receive);
            finish(receive);
        };
    }

    @Override
    public @Nullable Meeting meeting() {
        return null;
    }

    @Override
    public void meet(Meeting meeting) {
        engine.meet(meeting);
    }

    @Override
    public void exchange(Object out, long outAt, long outBytes, int to, Object in, long inAt, long inBytes, int from) {
        Runnable receive = startReceive(in, inAt, inBytes, from);
        send(out, outAt, outBytes, to);
        receive.run();
    }

    @Override
    public void checkBytes(long sent, long expected) {
        if (sent != expected) {
            throw Communicator.unfit(sent, expected);
        }
    }

    private void finish(ReceiveOperation receive) {
        long sent = receive.sentBytes();
        long room = receive.capacity;
        engine.release(receive);
        if (sent > room) {
            throw Communicator.unfit(sent, room);
        }
    }
}
