package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.SendOperation;
import org.jspecify.annotations.Nullable;

/**
 * Buffered and persistent messages in both dialects. Not final: the compiler then gives {@link Comm} a method of its
 * own for each, which reflection can call.
 */
abstract class SendModes extends PointToPoint {
    SendModes(@Nullable Communicator core, String name) {
        super(core, name);
    }

    /**
     * Copies the message into the attached buffer and returns (MPI 4.1, section 3.4); throws with class ERR_BUFFER when
     * it has no room.
     */
    public void Bsend(Object buf, int offset, int count, Datatype type, int dest, int tag) {
        bufferedSend("Bsend", buf, offset, count, type, dest, tag);
    }

    /** Copies the message into the attached buffer and returns; throws with class ERR_BUFFER when it has no room. */
    public void bSend(Object buf, int count, Datatype type, int dest, int tag) {
        bufferedSend("bSend", buf, 0, count, type, dest, tag);
    }

    /** Copies the message into the attached buffer: the request is done at once. */
    public Request Ibsend(Object buf, int offset, int count, Datatype type, int dest, int tag) {
        return startBufferedSend("Ibsend", buf, offset, count, type, dest, tag);
    }

    /** Copies the message into the attached buffer: the request is done at once. */
    public Request ibSend(Object buf, int count, Datatype type, int dest, int tag) {
        return startBufferedSend("ibSend", buf, 0, count, type, dest, tag);
    }

    /** Describes a send; {@link Prequest#start} starts it. */
    public Prequest Send_init(Object buf, int offset, int count, Datatype type, int dest, int tag) {
        return new Prequest(
                (Comm) this,
                "Send_init",
                type,
                () -> startSend("Send_init", buf, offset, count, type, dest, tag, SendOperation.Mode.STANDARD));
    }

    /** Describes a send; {@link Prequest#start} starts it. */
    public Prequest sendInit(Object buf, int count, Datatype type, int dest, int tag) {
        return new Prequest(
                (Comm) this,
                "sendInit",
                type,
                () -> startSend("sendInit", buf, 0, count, type, dest, tag, SendOperation.Mode.STANDARD));
    }

    /** Describes a buffered send; {@link Prequest#start} starts it. */
    public Prequest Bsend_init(Object buf, int offset, int count, Datatype type, int dest, int tag) {
        return new Prequest(
                (Comm) this,
                "Bsend_init",
                type,
                () -> startBufferedSend("Bsend_init", buf, offset, count, type, dest, tag));
    }

    /** Describes a buffered send; {@link Prequest#start} starts it. */
    public Prequest bSendInit(Object buf, int count, Datatype type, int dest, int tag) {
        return new Prequest(
                (Comm) this, "bSendInit", type, () -> startBufferedSend("bSendInit", buf, 0, count, type, dest, tag));
    }

    /** Describes a synchronous send; {@link Prequest#start} starts it. */
    public Prequest Ssend_init(Object buf, int offset, int count, Datatype type, int dest, int tag) {
        return new Prequest(
                (Comm) this,
                "Ssend_init",
                type,
                () -> startSend("Ssend_init", buf, offset, count, type, dest, tag, SendOperation.Mode.SYNCHRONOUS));
    }

    /** Describes a synchronous send; {@link Prequest#start} starts it. */
    public Prequest sSendInit(Object buf, int count, Datatype type, int dest, int tag) {
        return new Prequest(
                (Comm) this,
                "sSendInit",
                type,
                () -> startSend("sSendInit", buf, 0, count, type, dest, tag, SendOperation.Mode.SYNCHRONOUS));
    }

    /** Describes a ready send, as a standard send here; {@link Prequest#start} starts it. */
    public Prequest Rsend_init(Object buf, int offset, int count, Datatype type, int dest, int tag) {
        return new Prequest(
                (Comm) this,
                "Rsend_init",
                type,
                () -> startSend("Rsend_init", buf, offset, count, type, dest, tag, SendOperation.Mode.STANDARD));
    }

    /** Describes a ready send, as a standard send here; {@link Prequest#start} starts it. */
    public Prequest rSendInit(Object buf, int count, Datatype type, int dest, int tag) {
        return new Prequest(
                (Comm) this,
                "rSendInit",
                type,
                () -> startSend("rSendInit", buf, 0, count, type, dest, tag, SendOperation.Mode.STANDARD));
    }

    /** Describes a receive; {@link Prequest#start} starts it. */
    public Prequest Recv_init(Object buf, int offset, int count, Datatype type, int source, int tag) {
        return new Prequest(
                (Comm) this, "Recv_init", type, () -> startReceive("Recv_init", buf, offset, count, type, source, tag));
    }

    /** Describes a receive; {@link Prequest#start} starts it. */
    public Prequest recvInit(Object buf, int count, Datatype type, int source, int tag) {
        return new Prequest(
                (Comm) this, "recvInit", type, () -> startReceive("recvInit", buf, 0, count, type, source, tag));
    }
}
