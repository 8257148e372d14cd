package mpi;

import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Engine;
import io.muster.mpi.engine.ErrorClass;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.SendOperation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The room that a program gives to buffered sends (MPI 4.1, section 3.6). The memory itself is left alone: messages are
 * kept in arrays of their own, and what is attached says how much they may take together. Thread-safe.
 */
final class AttachedBuffer {
    private static final Object LOCK = new Object();
    private static @Nullable AttachedBuffer current;

    private final Object memory;
    private final long capacity;
    private final List<Kept> kept = new ArrayList<>();

    private AttachedBuffer(Object memory, long capacity) {
        this.memory = memory;
        this.capacity = capacity;
    }

    /** A message that is under way. */
    private record Kept(Engine engine, SendOperation send, long bytes) {}

    static void attach(Object memory, long capacity) {
        synchronized (LOCK) {
            if (current != null) {
                throw new MPIException(
                        ErrorClass.BUFFER, "attach: a buffer is attached already; detach it before the next");
            }
            current = new AttachedBuffer(memory, capacity);
        }
    }

    /** Blocks until all messages in the buffer have left; null when none is attached. */
    static @Nullable Object detach() {
        AttachedBuffer gone;
        synchronized (LOCK) {
            gone = current;
            current = null;
        }
        if (gone == null) {
            return null;
        }
        for (Kept message : gone.kept) {
            try {
                message.engine.waitFor(message.send);
            } catch (Failure e) {
                throw new MPIException(e.errorClass(), "detach: " + e.getMessage(), e);
            }
        }
        return gone.memory;
    }

    /** Sends a packed message from the buffer; returns at once. */
    static void send(Communicator core, byte[] message, int dest, int tag) {
        synchronized (LOCK) {
            AttachedBuffer buffer = current;
            if (buffer == null) {
                throw new Failure(ErrorClass.BUFFER, "no buffer is attached; attach one before buffered sends");
            }
            long needed = message.length + (long) MPI.BSEND_OVERHEAD;
            if (buffer.used() + needed > buffer.capacity) {
                core.engine().poll();
            }
            long used = buffer.used();
            if (used + needed > buffer.capacity) {
                throw new Failure(
                        ErrorClass.BUFFER,
                        "the attached buffer has " + buffer.capacity + " bytes, " + used + " of them in use; " + needed
                                + " are needed");
            }
            SendOperation send = core.startSend(message, 0, message.length, dest, tag, SendOperation.Mode.STANDARD);
            if (!send.done()) {
                buffer.kept.add(new Kept(core.engine(), send, needed));
            }
        }
    }

    private long used() {
        kept.removeIf(message -> message.send.done());
        return kept.stream().mapToLong(Kept::bytes).sum();
    }
}
