package mpi;

import io.muster.mpi.engine.Arrival;
import io.muster.mpi.engine.ReceiveOperation;
import org.jspecify.annotations.Nullable;

/**
 * What a receive got (MPI 4.1, section 3.2.5), in the fields of MPJ Express and by the getters of the Open MPI
 * bindings. One of a send or of a null request is empty: any source, any tag, nothing received.
 */
public class Status implements Freeable {
    /** Rank of the sender in the communicator, or {@code MPI.PROC_NULL}. */
    public int source = MPI.ANY_SOURCE;

    /** Tag of the message. */
    public int tag = MPI.ANY_TAG;

    /** Position of the request among those waited for, or {@code MPI.UNDEFINED} when none of them was active. */
    public int index;

    /** Elements received, of the type that the receive asked for; of a probe, bytes. */
    public int count;

    /** Length of the message in bytes. */
    public int countInBytes;

    /** Elements received of the primitive type that the receive asked for is made of; of a probe, bytes. */
    public int numEls;

    private int error = MPI.SUCCESS;
    private boolean cancelled;

    public Status() {}

    static Status procNull() {
        Status status = new Status();
        status.source = MPI.PROC_NULL;
        return status;
    }

    /** The status of a receive of {@code type} that is done; of objects they are counted later. */
    static Status of(ReceiveOperation receive, int source, Datatype type) {
        Status status = new Status();
        status.cancelled = receive.cancelled();
        if (!status.cancelled) {
            status.source = source;
            status.tag = receive.actualTag();
            status.countInBytes = (int) receive.storedBytes();
            status.countAs(type);
        }
        return status;
    }

    static Status of(Arrival arrival, int source) {
        Status status = new Status();
        status.source = source;
        status.tag = arrival.tag();
        status.countInBytes = (int) arrival.bytes();
        status.countAs(MPI.BYTE);
        return status;
    }

    /** The status of an access to a file that has moved so many bytes. */
    static Status ofBytes(long bytes, Datatype type) {
        Status status = new Status();
        status.countInBytes = (int) Math.min(bytes, Integer.MAX_VALUE);
        status.countAs(type);
        return status;
    }

    /** The status of a request that was waited for, at its position. */
    static Status at(int index, @Nullable Status known) {
        Status status = known == null ? new Status() : known;
        status.index = index;
        return status;
    }

    final void countObjects(int objects) {
        count = objects;
        numEls = objects;
    }

    final void failed(int errorClass) {
        error = errorClass;
    }

    private void countAs(Datatype type) {
        if (!type.isObject()) {
            // Without a division for plain types: each blocking receive comes here.
            int size = type.element.sizeBytes();
            numEls = countInBytes >> Integer.numberOfTrailingZeros(size);
            count = type.width == 1 && (countInBytes & (size - 1)) == 0 ? numEls : getCount(type);
        }
    }

    /** The number of elements of {@code type} received, or {@code MPI.UNDEFINED} when it is not a whole number. */
    public int getCount(Datatype type) {
        if (type.isObject()) {
            return count;
        }
        int size = type.getSize();
        if (size == 0) {
            return countInBytes == 0 ? 0 : MPI.UNDEFINED;
        }
        return countInBytes % size == 0 ? countInBytes / size : MPI.UNDEFINED;
    }

    public int Get_count(Datatype type) {
        return getCount(type);
    }

    /** The number of primitive elements received. */
    public int getElements(Datatype type) {
        return type.isObject() ? numEls : countInBytes / type.element.sizeBytes();
    }

    public int Get_elements(Datatype type) {
        return getElements(type);
    }

    /** The number of primitive elements received. */
    public Count getElementsX(Datatype type) {
        return new Count(getElements(type));
    }

    /** Makes {@link #getElements} answer {@code elements} of {@code type} (section 13.3). */
    public void setElements(Datatype type, int elements) {
        countInBytes = Math.multiplyExact(elements, type.element.sizeBytes());
        countAs(type);
    }

    /** The same for a count, which has to be within the range of {@code int}, in bytes. */
    public void setElementsX(Datatype type, Count elements) {
        setElements(type, Math.toIntExact(elements.getCount()));
    }

    /** Whether the request was cancelled: then nothing was received. */
    public boolean isCancelled() {
        return cancelled;
    }

    public boolean Test_cancelled() {
        return cancelled;
    }

    /** What {@link #isCancelled} answers from now on. */
    public void setCancelled(boolean flag) {
        cancelled = flag;
    }

    public int getSource() {
        return source;
    }

    public int getTag() {
        return tag;
    }

    /** The error class of the operation, {@code MPI.SUCCESS} when it went well. */
    public int getError() {
        return error;
    }

    public int getIndex() {
        return index;
    }

    @Override
    public void free() {}
}
