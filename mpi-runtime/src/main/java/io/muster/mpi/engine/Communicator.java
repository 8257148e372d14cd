package io.muster.mpi.engine;

import io.muster.mpi.collective.Collectives;
import io.muster.mpi.collective.Folding;
import io.muster.mpi.collective.Scratch;
import io.muster.mpi.collective.Team;
import io.muster.mpi.transport.Meeting;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A group of world ranks with contexts of its own: one for messages, one for collective operations, so that the two
 * never mix. Ranks are those of the group here; the engine below knows world ranks.
 */
public final class Communicator implements Team {
    /** Tags of collective operations in their order; beyond are those of groups, which choose them. */
    private static final int MAX_TAG = (1 << 30) - 1;

    private static final int GROUP_TAG = 1 << 30;

    private final Engine engine;
    private final Topology topology;
    private final int context;
    private final int[] worldRanks;
    private final int @Nullable [] remoteRanks;
    private final int[] targets;
    private final int[] groupRanks;
    private final int rank;
    private final Collectives collectives;
    private final @Nullable Meeting meeting;
    private final Scratch scratch = new Scratch();
    private int collectiveTag;

    /** A communicator over {@code worldRanks}, this rank among them, with an id that it has taken. */
    public Communicator(Engine engine, Topology topology, int id, int[] worldRanks) {
        this(engine, topology, id, worldRanks, null, null);
    }

    /** One whose messages go between two groups: {@code local}, this rank among them, and {@code remote}. */
    public Communicator(Engine engine, Topology topology, int id, int[] local, int[] remote) {
        this(engine, topology, id, local, remote.clone(), null);
    }

    /** The same over ranks that have a place of their own to meet in shared memory. */
    Communicator(
            Engine engine,
            Topology topology,
            int id,
            int[] worldRanks,
            int @Nullable [] remoteRanks,
            @Nullable Meeting meeting) {
        this.meeting = meeting;
        this.engine = engine;
        this.topology = topology;
        this.context = context(id);
        this.worldRanks = worldRanks.clone();
        this.remoteRanks = remoteRanks;
        targets = remoteRanks == null ? this.worldRanks : remoteRanks;
        groupRanks = new int[engine.foreign().limit()];
        Arrays.fill(groupRanks, -1);
        for (int i = 0; i < targets.length; i++) {
            groupRanks[targets[i]] = i;
        }
        int own = 0;
        while (worldRanks[own] != engine.rank()) {
            own++;
        }
        rank = own;
        collectives = new Collectives(this, topology.nodesOf(worldRanks));
        engine.foreign().retain(this.worldRanks);
        if (remoteRanks != null) {
            engine.foreign().retain(remoteRanks);
        }
    }

    public Engine engine() {
        return engine;
    }

    public Topology topology() {
        return topology;
    }

    /** The id it was made with. */
    public int id() {
        return context / 2;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return worldRanks.length;
    }

    /** World ranks in group order. */
    public int[] worldRanks() {
        return worldRanks.clone();
    }

    /** Whether its messages go to another group. */
    public boolean isInter() {
        return remoteRanks != null;
    }

    /** World ranks of those whom messages go to: the other group when there is one, else all ranks. */
    public int[] targets() {
        return targets.clone();
    }

    /** How many ranks messages go to. */
    public int targetCount() {
        return targets.length;
    }

    /** The rank of a world rank among those whom messages go to, or -1. */
    public int groupRank(int worldRank) {
        return worldRank < groupRanks.length ? groupRanks[worldRank] : -1;
    }

    /** Starts the next collective operation: all ranks call the same ones in the same order. */
    public Collectives collective() {
        nextTag();
        return collectives;
    }

    /** The same for an operation of several steps that another thread goes through. */
    public Collectives detachedCollective() {
        Team team = new ContextTeam(engine, context + 1, nextTag(), worldRanks, rank);
        return new Collectives(team, topology.nodesOf(worldRanks));
    }

    /** Starts the next collective operation over two groups, of several steps. */
    public InterTeams interCollective() {
        int tag = nextTag();
        Team local = new ContextTeam(engine, context + 1, tag, worldRanks, rank);
        return new InterTeams(
                new ContextTeam(engine, context + 1, tag, targets, rank),
                new Collectives(local, topology.nodesOf(worldRanks)));
    }

    /** An operation of several steps of some ranks only, this one among them, who all call it with this tag. */
    public Collectives collectiveOf(int[] someWorldRanks, int tag) {
        int own = 0;
        while (someWorldRanks[own] != engine.rank()) {
            own++;
        }
        Team team = new ContextTeam(engine, context + 1, GROUP_TAG | (tag & MAX_TAG), someWorldRanks, own);
        return new Collectives(team, topology.nodesOf(someWorldRanks));
    }

    private int nextTag() {
        collectiveTag = (collectiveTag + 1) & MAX_TAG;
        return collectiveTag;
    }

    public void sendMessage(Object base, long offset, long bytes, int to, int tag) {
        engine.send(context, targets[to], tag, base, offset, bytes);
    }

    public SendOperation startSend(Object base, long offset, long bytes, int to, int tag, SendOperation.Mode mode) {
        return engine.startSend(context, targets[to], tag, base, offset, bytes, mode);
    }

    /** Receives and waits; give the operation back to the engine. {@code from} and {@code tag} as below. */
    public ReceiveOperation receiveMessage(Object base, long offset, long capacity, int from, int tag) {
        return engine.receive(context, worldSource(from), tag, base, offset, capacity);
    }

    /** Starts a receive; {@code from} and {@code tag} may be {@link Engine#ANY}. */
    public ReceiveOperation startReceive(Object base, long offset, long capacity, int from, int tag) {
        return engine.startReceive(context, worldSource(from), tag, base, offset, capacity);
    }

    /** The message that a receive would get now, or null. */
    public @Nullable Arrival probe(int from, int tag) {
        return engine.probe(context, worldSource(from), tag);
    }

    /** Takes the message that a receive would get now out of the line, or null. */
    public @Nullable MatchedMessage takeMessage(int from, int tag) {
        return engine.takeMessage(context, worldSource(from), tag);
    }

    /** Waits until processes of other jobs that were in this communicator only have freed it too. */
    public void awaitParting() {
        engine.foreign().awaitParting(worldRanks);
        engine.foreign().awaitParting(targets);
    }

    /** Gives the id back, and takes leave of processes of other jobs that are in no other communicator. */
    public void free() {
        engine.communicatorIds().release(id());
        engine.foreign().release(worldRanks);
        if (remoteRanks != null) {
            engine.foreign().release(remoteRanks);
        }
    }

    static int context(int id) {
        return 2 * id;
    }

    static int collectiveContext(int id) {
        return 2 * id + 1;
    }

    @Override
    public @Nullable Meeting meeting() {
        return meeting;
    }

    @Override
    public void meet(Meeting place) {
        engine.meet(place);
    }

    @Override
    public void send(Object base, long offset, long bytes, int to) {
        engine.send(context + 1, worldRanks[to], collectiveTag, base, offset, bytes);
    }

    @Override
    public void receive(Object base, long offset, long bytes, int from) {
        finish(engine.receive(context + 1, worldRanks[from], collectiveTag, base, offset, bytes));
    }

    @Override
    public Object scratch(Folding folding, int count) {
        return scratch.of(folding.type(), count);
    }

    @Override
    public Runnable startReceive(Object base, long offset, long bytes, int from) {
        ReceiveOperation receive =
                engine.startReceive(context + 1, worldRanks[from], collectiveTag, base, offset, bytes);
        return () -> {
            engine.waitFor(receive);
            finish(receive);
        };
    }

    @Override
    public void exchange(Object out, long outAt, long outBytes, int to, Object in, long inAt, long inBytes, int from) {
        ReceiveOperation receive = engine.startReceive(context + 1, worldRanks[from], collectiveTag, in, inAt, inBytes);
        engine.send(context + 1, worldRanks[to], collectiveTag, out, outAt, outBytes);
        engine.waitFor(receive);
        finish(receive);
    }

    private void finish(ReceiveOperation receive) {
        long sent = receive.sentBytes();
        long room = receive.capacity;
        engine.release(receive);
        if (sent > room) {
            throw unfit(sent, room);
        }
    }

    @Override
    public void checkBytes(long sent, long expected) {
        if (sent != expected) {
            throw unfit(sent, expected);
        }
    }

    static Failure unfit(long sent, long expected) {
        return new Failure(
                ErrorClass.TRUNCATE,
                "a rank sent " + sent + " bytes where " + expected
                        + " were expected; counts and types must fit on all ranks");
    }

    private int worldSource(int from) {
        return from == Engine.ANY ? Engine.ANY : targets[from];
    }
}
