package mpi;

import io.muster.mpi.buffer.Memory;
import io.muster.mpi.engine.Arrival;
import io.muster.mpi.engine.Communicator;
import io.muster.mpi.engine.Failure;
import io.muster.mpi.engine.MatchedMessage;
import io.muster.mpi.engine.ReceiveOperation;
import io.muster.mpi.engine.SendOperation;
import org.jspecify.annotations.Nullable;

/** Point-to-point messages once, for the doors of both dialects. Offsets are in elements of the buffer. */
abstract class PointToPoint extends CommBase {
    private static final long MAX_OBJECT_BYTES = Integer.MAX_VALUE - 8;

    PointToPoint(@Nullable Communicator core, String name) {
        super(core, name);
    }

    final void blockingSend(String call, Object buf, int offset, int count, Datatype type, int dest, int tag) {
        Communicator core = core();
        try {
            checkSendTag(tag);
            if (type.isObject()) {
                byte[] bytes = ObjectReceive.bytesOf(buf, offset, count);
                blockingSend(call, bytes, 0, bytes.length, MPI.BYTE, dest, tag);
                return;
            }
            long bytes = Area.bytes(buf, offset, count, type);
            Object base = Area.base(buf, offset, count, type);
            if (dest != MPI.PROC_NULL) {
                checkDestination(core, dest);
                core.sendMessage(base, Area.at(buf, offset, count, type), bytes, dest, tag);
            }
        } catch (Failure e) {
            throw raise(call, values(count, type, "dest", dest, tag), e);
        }
    }

    final Request startSend(
            String call, Object buf, int offset, int count, Datatype type, int dest, int tag, SendOperation.Mode mode) {
        Communicator core = core();
        try {
            checkSendTag(tag);
            if (type.isObject()) {
                byte[] bytes = ObjectReceive.bytesOf(buf, offset, count);
                return startSend(call, bytes, 0, bytes.length, MPI.BYTE, dest, tag, mode);
            }
            long bytes = Area.bytes(buf, offset, count, type);
            Object base = Area.base(buf, offset, count, type);
            if (dest == MPI.PROC_NULL) {
                return new Request((Comm) this, call, new Status());
            }
            checkDestination(core, dest);
            SendOperation send = core.startSend(base, Area.at(buf, offset, count, type), bytes, dest, tag, mode);
            return new Request((Comm) this, call, type, send);
        } catch (Failure e) {
            throw raise(call, values(count, type, "dest", dest, tag), e);
        }
    }

    final void synchronousSend(String call, Object buf, int offset, int count, Datatype type, int dest, int tag) {
        startSend(call, buf, offset, count, type, dest, tag, SendOperation.Mode.SYNCHRONOUS)
                .waitFor();
    }

    final Status blockingReceive(String call, Object buf, int offset, int count, Datatype type, int source, int tag) {
        Communicator core = core();
        try {
            if (source == MPI.PROC_NULL) {
                return Status.procNull();
            }
            if (type.isObject()) {
                return startReceive(call, buf, offset, count, type, source, tag).waitStatus();
            }
            checkReceiveTag(tag);
            checkSource(core, source);
            long room = Area.bytes(buf, offset, count, type);
            Object base = Area.base(buf, offset, count, type);
            ReceiveOperation receive = core.receiveMessage(base, Area.at(buf, offset, count, type), room, source, tag);
            Status status = finish(core, call, receive, type);
            core.engine().release(receive);
            return status;
        } catch (Failure e) {
            throw raise(call, values(count, type, "source", source, tag), e);
        }
    }

    final Request startReceive(String call, Object buf, int offset, int count, Datatype type, int source, int tag) {
        Communicator core = core();
        try {
            if (source == MPI.PROC_NULL) {
                return new Request((Comm) this, call, Status.procNull());
            }
            checkReceiveTag(tag);
            checkSource(core, source);
            if (type.isObject()) {
                ObjectReceive objects = ObjectReceive.into(buf, offset, count);
                ReceiveOperation receive = core.startReceive(objects.bytes(), 0, MAX_OBJECT_BYTES, source, tag);
                return new Request((Comm) this, call, receive, objects);
            }
            long room = Area.bytes(buf, offset, count, type);
            Object base = Area.base(buf, offset, count, type);
            ReceiveOperation receive = core.startReceive(base, Area.at(buf, offset, count, type), room, source, tag);
            return new Request((Comm) this, call, type, receive);
        } catch (Failure e) {
            throw raise(call, values(count, type, "source", source, tag), e);
        }
    }

    final Status exchange(
            String call,
            Object out,
            int outAt,
            int outCount,
            Datatype outType,
            int dest,
            int outTag,
            Object in,
            int inAt,
            int inCount,
            Datatype inType,
            int source,
            int inTag) {
        Request receive = startReceive(call, in, inAt, inCount, inType, source, inTag);
        blockingSend(call, out, outAt, outCount, outType, dest, outTag);
        return receive.waitStatus();
    }

    final Status exchangeInPlace(
            String call, Object buf, int at, int count, Datatype type, int dest, int outTag, int source, int inTag) {
        if (type.isObject()) {
            Request receive = startReceive(call, buf, at, count, type, source, inTag);
            blockingSend(call, buf, at, count, type, dest, outTag);
            return receive.waitStatus();
        }
        Object copy;
        int elements = count * type.width;
        try {
            Area area = Area.of(buf, at, count, type);
            copy = type.element.newArray(elements);
            Memory.copy(area.base(), area.offset(), copy, 0, area.bytes());
        } catch (Failure e) {
            throw raise(call, values(count, type, "dest", dest, outTag), e);
        }
        Datatype packed = new Datatype(type.element, 1, type.getName());
        return exchange(call, copy, 0, elements, packed, dest, outTag, buf, at, count, type, source, inTag);
    }

    /** Starts the receive of a message that a matched probe has taken. */
    final Request startReceive(String call, Object buf, int count, Datatype type, MatchedMessage message) {
        Communicator core = core();
        if (type.isObject()) {
            ObjectReceive objects = ObjectReceive.into(buf, 0, count);
            ReceiveOperation receive = core.engine().startReceive(message, objects.bytes(), 0, MAX_OBJECT_BYTES);
            return new Request((Comm) this, call, receive, objects);
        }
        long room = Area.bytes(buf, 0, count, type);
        Object base = Area.base(buf, 0, count, type);
        return new Request(
                (Comm) this, call, type, core.engine().startReceive(message, base, Area.at(buf, 0, count, type), room));
    }

    /** Copies the message into the attached buffer, which sends it. */
    final void bufferedSend(String call, Object buf, int offset, int count, Datatype type, int dest, int tag) {
        Communicator core = core();
        try {
            checkSendTag(tag);
            byte[] message = type.isObject()
                    ? ObjectReceive.bytesOf(buf, offset, count)
                    : Area.of(buf, offset, count, type).packed();
            if (dest != MPI.PROC_NULL) {
                checkDestination(core, dest);
                AttachedBuffer.send(core, message, dest, tag);
            }
        } catch (Failure e) {
            throw raise(call, values(count, type, "dest", dest, tag), e);
        }
    }

    final Request startBufferedSend(String call, Object buf, int offset, int count, Datatype type, int dest, int tag) {
        bufferedSend(call, buf, offset, count, type, dest, tag);
        return new Request((Comm) this, call, new Status());
    }

    final @Nullable Status look(String call, int source, int tag, @Nullable Message taken) {
        Communicator core = core();
        try {
            checkReceiveTag(tag);
            if (source == MPI.PROC_NULL) {
                if (taken != null) {
                    taken.found((Comm) this, null);
                }
                return Status.procNull();
            }
            checkSource(core, source);
            Arrival arrival;
            if (taken == null) {
                arrival = core.probe(source, tag);
            } else {
                MatchedMessage message = core.takeMessage(source, tag);
                if (message != null) {
                    taken.found((Comm) this, message);
                }
                arrival = message == null ? null : message.arrival();
            }
            return arrival == null ? null : Status.of(arrival, core.groupRank(arrival.source()));
        } catch (Failure e) {
            throw raise(call, "source=" + source + ", tag=" + tag, e);
        }
    }

    /** Blocks until {@link #look} finds something; a message that is to be taken may be taken by others before. */
    final Status waitForMessage(String call, int source, int tag, @Nullable Message taken) {
        Status found = look(call, source, tag, taken);
        Communicator core = core();
        while (found == null) {
            try {
                core.engine().waitUntil(() -> core.probe(source, tag) != null);
            } catch (Failure e) {
                throw raise(call, "source=" + source + ", tag=" + tag, e);
            }
            found = look(call, source, tag, taken);
        }
        return found;
    }
}
