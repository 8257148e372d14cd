package mpi;

import io.muster.mpi.engine.Arrival;
import io.muster.mpi.engine.ReceiveOperation;

/** What a receive got (MPI 4.1, section 3.2.5). */
public class Status implements Freeable {
    /** Rank of the sender in the communicator, or {@code MPI.PROC_NULL}. */
    public int source = MPI.ANY_SOURCE;

    /** Tag of the message. */
    public int tag = MPI.ANY_TAG;

    /** Position of the request among those waited for. */
    public int index;

    /** Length of the message in bytes. */
    public int countInBytes;

    /** Objects of a message of objects. */
    int objects;

    private boolean cancelled;

    public Status() {}

    static Status procNull() {
        Status status = new Status();
        status.source = MPI.PROC_NULL;
        return status;
    }

    static Status of(ReceiveOperation receive, int source) {
        Status status = new Status();
        status.cancelled = receive.cancelled();
        if (!status.cancelled) {
            status.source = source;
            status.tag = receive.actualTag();
            status.countInBytes = (int) receive.storedBytes();
        }
        return status;
    }

    static Status of(Arrival arrival, int source) {
        Status status = new Status();
        status.source = source;
        status.tag = arrival.tag();
        status.countInBytes = (int) arrival.bytes();
        return status;
    }

    /** The number of elements of {@code type} received, or {@code MPI.UNDEFINED} when it is not a whole number. */
    public int getCount(Datatype type) {
        if (type.isObject()) {
            return objects;
        }
        int size = type.getSize();
        return countInBytes % size == 0 ? countInBytes / size : MPI.UNDEFINED;
    }

    public int Get_count(Datatype type) {
        return getCount(type);
    }

    /** The number of base elements received. */
    public int getElements(Datatype type) {
        return type.isObject() ? objects : countInBytes / type.element.sizeBytes();
    }

    public int Get_elements(Datatype type) {
        return getElements(type);
    }

    public boolean isCancelled() {
        return cancelled;
    }

    public boolean Test_cancelled() {
        return cancelled;
    }

    public int getSource() {
        return source;
    }

    public int getTag() {
        return tag;
    }

    public int getError() {
        return MPI.SUCCESS;
    }

    public int getIndex() {
        return index;
    }

    @Override
    public void free() {}
}
