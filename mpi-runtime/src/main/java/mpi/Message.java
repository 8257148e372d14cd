package mpi;

import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.MatchedMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message that a matched probe has found and that only its own receive gets, whatever other threads do (MPI 4.1,
 * section 3.8.2). Null until then, and again when it is received. Not for two threads at once.
 */
public class Message {
    private @Nullable Comm comm;
    private @Nullable MatchedMessage matched;

    public Message() {}

    /** Whether there is no message. */
    public boolean isNull() {
        return comm == null;
    }

    /** Whether it is the empty message of {@code MPI.PROC_NULL}. */
    public boolean isNoProc() {
        return comm != null && matched == null;
    }

    /** Blocks until a message can be received, and takes it. */
    public Status mProbe(int source, int tag, Comm comm) {
        return comm.waitForMessage("mProbe", source, tag, this);
    }

    /** Takes the message that could be received now; null when there is none. Does not block. */
    public @Nullable Status imProbe(int source, int tag, Comm comm) {
        return comm.look("imProbe", source, tag, this);
    }

    /** Receives the message; blocks until it is in the buffer. */
    public Status mRecv(Object buf, int count, Datatype type) {
        return start("mRecv", buf, count, type).waitStatus();
    }

    /** Starts to receive the message. Arrays and NIO buffers. */
    public Request imRecv(Object buf, int count, Datatype type) {
        return start("imRecv", buf, count, type);
    }

    /** The probe has found this; null is the message of PROC_NULL. */
    void found(Comm on, @Nullable MatchedMessage message) {
        comm = on;
        matched = message;
    }

    private Request start(String call, Object buf, int count, Datatype type) {
        Comm on = comm;
        if (on == null) {
            throw new MPIException(ErrorClass.REQUEST, call + ": there is no message; probe for one first");
        }
        MatchedMessage message = matched;
        if (message == null) {
            comm = null;
            return new Request(on, call, Status.procNull());
        }
        try {
            Request request = on.startReceive(call, buf, count, type, message);
            comm = null;
            matched = null;
            return request;
        } catch (Failure e) {
            throw on.raise(call, "count=" + count + ", type=" + type, e);
        }
    }
}
