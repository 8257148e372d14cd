package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.SendOperation;
import org.jspecify.annotations.Nullable;

/**
 * A communicator (MPI 4.1, chapter 7). Methods with an upper-case name are those of mpiJava 1.2 and take an offset in
 * elements of the buffer; lower-case ones are those of the Open MPI Java bindings. Thread-safe. Every call throws
 * {@link MPIException} for wrong arguments, a freed communicator, before Init and after Finalize, and when a rank is
 * lost.
 */
public class Comm extends CommProperties implements Freeable, Cloneable {
    /** Ranks that share the memory of a machine, for {@link Intracomm#splitType}. */
    public static final int TYPE_SHARED = 0;

    /** The ranks, as {@link #getGroup} gives them; null before Init. */
    public @Nullable Group group;

    private @Nullable Request request;

    Comm(@Nullable Communicator core, String name) {
        super(core, name);
        if (core != null) {
            opened();
        }
    }

    @Override
    final void opened() {
        group = getGroup();
    }

    /** Sends; blocks until the buffer may be used again (MPI 4.1, section 3.2). */
    public void Send(Object buf, int offset, int count, Datatype type, int dest, int tag) {
        blockingSend("Send", buf, offset, count, type, dest, tag);
    }

    /** Sends; blocks until the buffer may be used again (MPI 4.1, section 3.2). */
    public final void send(Object buf, int count, Datatype type, int dest, int tag) {
        blockingSend("send", buf, 0, count, type, dest, tag);
    }

    /** Sends to a receive that is posted already; as a standard send here. */
    public void Rsend(Object buf, int offset, int count, Datatype type, int dest, int tag) {
        blockingSend("Rsend", buf, offset, count, type, dest, tag);
    }

    /** Sends to a receive that is posted already; as a standard send here. */
    public final void rSend(Object buf, int count, Datatype type, int dest, int tag) {
        blockingSend("rSend", buf, 0, count, type, dest, tag);
    }

    /** Sends; blocks until a receive has matched. */
    public void Ssend(Object buf, int offset, int count, Datatype type, int dest, int tag) {
        synchronousSend("Ssend", buf, offset, count, type, dest, tag);
    }

    /** Sends; blocks until a receive has matched. */
    public final void sSend(Object buf, int count, Datatype type, int dest, int tag) {
        synchronousSend("sSend", buf, 0, count, type, dest, tag);
    }

    /** Starts a send; the buffer may not be changed until the request is done. */
    public Request Isend(Object buf, int offset, int count, Datatype type, int dest, int tag) {
        return startSend("Isend", buf, offset, count, type, dest, tag, SendOperation.Mode.STANDARD);
    }

    /** Starts a send; the buffer may not be changed until the request is done. Arrays and NIO buffers. */
    public final Request iSend(Object buf, int count, Datatype type, int dest, int tag) {
        return startSend("iSend", buf, 0, count, type, dest, tag, SendOperation.Mode.STANDARD);
    }

    /** Starts a synchronous send. */
    public Request Issend(Object buf, int offset, int count, Datatype type, int dest, int tag) {
        return startSend("Issend", buf, offset, count, type, dest, tag, SendOperation.Mode.SYNCHRONOUS);
    }

    /** Starts a synchronous send. Arrays and NIO buffers. */
    public final Request isSend(Object buf, int count, Datatype type, int dest, int tag) {
        return startSend("isSend", buf, 0, count, type, dest, tag, SendOperation.Mode.SYNCHRONOUS);
    }

    /** Starts a ready send; as a standard send here. */
    public Request Irsend(Object buf, int offset, int count, Datatype type, int dest, int tag) {
        return startSend("Irsend", buf, offset, count, type, dest, tag, SendOperation.Mode.STANDARD);
    }

    /** Starts a ready send; as a standard send here. Arrays and NIO buffers. */
    public final Request irSend(Object buf, int count, Datatype type, int dest, int tag) {
        return startSend("irSend", buf, 0, count, type, dest, tag, SendOperation.Mode.STANDARD);
    }

    /** Receives; blocks until the message is in the buffer. {@code MPI.ANY_SOURCE} and {@code MPI.ANY_TAG} take all. */
    public Status Recv(Object buf, int offset, int count, Datatype type, int source, int tag) {
        return blockingReceive("Recv", buf, offset, count, type, source, tag);
    }

    /** Receives; blocks until the message is in the buffer. */
    public final Status recv(Object buf, int count, Datatype type, int source, int tag) {
        return blockingReceive("recv", buf, 0, count, type, source, tag);
    }

    /** Starts a receive; the buffer belongs to the runtime until the request is done. */
    public Request Irecv(Object buf, int offset, int count, Datatype type, int source, int tag) {
        return startReceive("Irecv", buf, offset, count, type, source, tag);
    }

    /** Starts a receive. Arrays and NIO buffers. */
    public final Request iRecv(Object buf, int count, Datatype type, int source, int tag) {
        return startReceive("iRecv", buf, 0, count, type, source, tag);
    }

    /** Sends and receives at the same time (section 3.10). */
    public Status Sendrecv(
            Object sendbuf,
            int sendoffset,
            int sendcount,
            Datatype sendtype,
            int dest,
            int sendtag,
            Object recvbuf,
            int recvoffset,
            int recvcount,
            Datatype recvtype,
            int source,
            int recvtag) {
        return exchange(
                "Sendrecv",
                sendbuf,
                sendoffset,
                sendcount,
                sendtype,
                dest,
                sendtag,
                recvbuf,
                recvoffset,
                recvcount,
                recvtype,
                source,
                recvtag);
    }

    /** Sends and receives at the same time. */
    public final Status sendRecv(
            Object sendbuf,
            int sendcount,
            Datatype sendtype,
            int dest,
            int sendtag,
            Object recvbuf,
            int recvcount,
            Datatype recvtype,
            int source,
            int recvtag) {
        return exchange(
                "sendRecv",
                sendbuf,
                0,
                sendcount,
                sendtype,
                dest,
                sendtag,
                recvbuf,
                0,
                recvcount,
                recvtype,
                source,
                recvtag);
    }

    /** Sends a buffer and receives into it. */
    public Status Sendrecv_replace(
            Object buf, int offset, int count, Datatype type, int dest, int sendtag, int source, int recvtag) {
        return exchangeInPlace("Sendrecv_replace", buf, offset, count, type, dest, sendtag, source, recvtag);
    }

    /** Sends a buffer and receives into it. */
    public final Status sendRecvReplace(
            Object buf, int count, Datatype type, int dest, int sendtag, int source, int recvtag) {
        return exchangeInPlace("sendRecvReplace", buf, 0, count, type, dest, sendtag, source, recvtag);
    }

    /** Blocks until a message can be received, and leaves it there (section 3.8). */
    public Status Probe(int source, int tag) {
        return waitForMessage("Probe", source, tag, null);
    }

    /** Blocks until a message can be received. */
    public final Status probe(int source, int tag) {
        return waitForMessage("probe", source, tag, null);
    }

    /** The message that could be received now, or null. */
    public @Nullable Status Iprobe(int source, int tag) {
        return look("Iprobe", source, tag, null);
    }

    /** The message that could be received now, or null. */
    public final @Nullable Status iProbe(int source, int tag) {
        return look("iProbe", source, tag, null);
    }

    /** This process's rank in the communicator. */
    public int Rank() {
        return core().rank();
    }

    /** This process's rank in the communicator. */
    public final int getRank() {
        return core().rank();
    }

    /** The number of ranks. */
    public int Size() {
        return core().size();
    }

    /** The number of ranks. */
    public final int getSize() {
        return core().size();
    }

    /** The ranks as a group. */
    public Group Group() {
        return getGroup();
    }

    /** The ranks as a group. */
    public final Group getGroup() {
        return new Group(core().worldRanks(), core().engine().rank());
    }

    /** Frees the communicator; no message may be under way. */
    public void Free() {
        free();
    }

    @Override
    public final void free() {
        Communicator open = core();
        if (open.id() < 2) {
            throw new MPIException(ErrorClass.COMM, label() + " cannot be freed");
        }
        open.free();
        end(false);
    }

    /** Whether it is freed. */
    public final boolean isNull() {
        return freed();
    }

    /** As {@link #free} of all ranks together, which ends the connection to jobs in no other one (section 11.10.4). */
    public final void disconnect() {
        Communicator open = core();
        barrier();
        free();
        open.awaitParting();
    }

    /** Whether its messages go to another group. */
    public final boolean isInter() {
        return core().isInter();
    }

    public boolean Test_inter() {
        return isInter();
    }

    /**
     * A communicator between this group and another one (section 7.6.2). Both call it; the leaders of both know each
     * other by their ranks in {@code peer}, which only they need.
     */
    public final Intercomm createIntercomm(@Nullable Comm peer, int localLeader, int remoteLeader, int tag) {
        return join("createIntercomm", this, localLeader, peer, remoteLeader, tag);
    }

    /** As {@link #createIntercomm} with this communicator as the peer and {@code local} as the group. */
    public Intercomm Create_intercomm(Comm local, int localLeader, int remoteLeader, int tag) {
        return join("Create_intercomm", local, localLeader, this, remoteLeader, tag);
    }

    /** {@code MPI.CART}, {@code MPI.GRAPH}, {@code MPI.DIST_GRAPH} or {@code MPI.UNDEFINED}. */
    public int getTopology() {
        core();
        return MPI.UNDEFINED;
    }

    /** {@code MPI.CART}, {@code MPI.GRAPH}, {@code MPI.DIST_GRAPH} or {@code MPI.UNDEFINED}. */
    public int Topo_test() {
        return getTopology();
    }

    /** A communicator of the same ranks whose messages never mix with this one's. All ranks call it. */
    public Comm dup() {
        throw new UnsupportedOperationException("dup of " + label());
    }

    /** As {@link #dup}, with other hints. */
    public Comm dupWithInfo(Info info) {
        throw new UnsupportedOperationException("dup of " + label());
    }

    /** Starts a {@link #dup}: the communicator may be used when its request, {@link #getRequest}, is done. */
    public Comm iDup() {
        throw new UnsupportedOperationException("dup of " + label());
    }

    /** The request of the {@link #iDup} that made this communicator; else a null request. */
    public final Request getRequest() {
        Request made = request;
        return made == null ? MPI.REQUEST_NULL : made;
    }

    final Communicator duplicated(String call) {
        try {
            return Splitting.duplicate(core());
        } catch (Failure e) {
            throw raise(call, "", e);
        }
    }

    /** Gives a copy what goes along. */
    final <T extends Comm> T copied(T copy, @Nullable Info info) {
        copyPropertiesTo(copy, info);
        return copy;
    }

    /** Has a thread make the core of a copy. */
    final <T extends Comm> T startDup(T copy) {
        copy.awaitStart();
        Communicator core = core();
        Comm made = copied(copy, null);
        made.request = new Request(
                this, "iDup", MPI.BYTE, core.engine().startTask(Splitting.startDuplicate(core, made::start)));
        return copy;
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public Comm clone() {
        return dup();
    }

    /** IDENT, CONGRUENT, SIMILAR or UNEQUAL (section 7.4.1); of two that go between groups both groups count. */
    @SuppressWarnings("ReferenceEquality") // handles are identical when they are the same object
    public static int compare(Comm one, Comm two) {
        if (one == two) {
            return MPI.IDENT;
        }
        if (one.isInter() != two.isInter()) {
            return MPI.UNEQUAL;
        }
        int groups =
                Math.max(Group.compare(one.getGroup(), two.getGroup()), Group.compare(one.targets(), two.targets()));
        return groups == MPI.IDENT ? MPI.CONGRUENT : groups;
    }

    public static int Compare(Comm one, Comm two) {
        return compare(one, two);
    }

    private Group targets() {
        return new Group(core().targets(), core().engine().rank());
    }

    /** A key for attributes of communicators; a copy of a communicator carries the same values. */
    public static int createKeyval() {
        return Attributes.createKey();
    }

    /** Gives a key up: nothing can be attached under it any more. */
    public static void freeKeyval(int keyval) {
        Attributes.freeKey(keyval);
    }

    /** Sets {@code inoutbuf} to what {@code op} makes of both buffers, on this rank alone (section 6.9.7). */
    public static void reduceLocal(Object inbuf, Object inoutbuf, int count, Datatype type, Op op) {
        Reductions.local(inbuf, inoutbuf, count, type, op);
    }

    private static Intercomm join(String call, Comm local, int leader, @Nullable Comm peer, int remoteLeader, int tag) {
        try {
            checkRoot(local.core(), leader);
            Communicator joined = Joining.join(local.core(), leader, peer, remoteLeader, tag);
            return local.inheriting(new Intercomm(joined, local.label() + ".inter"));
        } catch (Failure e) {
            throw local.raise(call, "localLeader=" + leader + ", remoteLeader=" + remoteLeader + ", tag=" + tag, e);
        }
    }

    @Override
    Neighbours neighbours(String call) {
        throw noTopology(call);
    }
}
