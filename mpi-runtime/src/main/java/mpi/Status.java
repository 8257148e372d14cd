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

    /** Length of the message, also of one whose bytes no int can count. */
    private long bytes;

    /** A class of errors; short, so that a status takes 48 bytes. */
    private short error = MPI.SUCCESS;

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
            status.countAs(receive.storedBytes(), type);
        }
        return status;
    }

    static Status of(Arrival arrival, int source) {
        Status status = new Status();
        status.source = source;
        status.tag = arrival.tag();
        status.countAs(arrival.bytes(), MPI.BYTE);
        return status;
    }

    /** The status of an access to a file that has moved so many bytes. */
    static Status ofBytes(long bytes, Datatype type) {
        Status status = new Status();
        status.countAs(bytes, type);
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
        error = (short) errorClass;
    }

    private void countAs(long received, Datatype type) {
        bytes = received;
        countInBytes = limited(received);
        if (!type.isObject()) {
            // Without a division for plain types: each blocking receive comes here.
            int size = type.element.sizeBytes();
            numEls = limited(received >> Integer.numberOfTrailingZeros(size));
            count = type.width == 1 && (received & (size - 1)) == 0 ? numEls : getCount(type);
        }
    }

    private static int limited(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    /**
     * The number of elements of {@code type} received, or {@code MPI.UNDEFINED} when it is not a whole number or no int
     * can hold it.
     */
    public int getCount(Datatype type) {
        if (type.isObject()) {
            return count;
        }
        int size = type.getSize();
        if (size == 0) {
            return bytes == 0 ? 0 : MPI.UNDEFINED;
        }
        long elements = bytes % size == 0 ? bytes / size : Long.MAX_VALUE;
        return elements > Integer.MAX_VALUE ? MPI.UNDEFINED : (int) elements;
    }

    public int Get_count(Datatype type) {
        return getCount(type);
    }

    /** The number of primitive elements received, or {@code MPI.UNDEFINED} when no int can hold it. */
    public int getElements(Datatype type) {
        long elements = elements(type);
        return elements > Integer.MAX_VALUE ? MPI.UNDEFINED : (int) elements;
    }

    private long elements(Datatype type) {
        return type.isObject() ? numEls : type.signature().values(bytes);
    }

    public int Get_elements(Datatype type) {
        return getElements(type);
    }

    /** The number of primitive elements received. */
    public Count getElementsX(Datatype type) {
        return new Count(elements(type));
    }

    /** Makes {@link #getElements} answer {@code elements} of {@code type} (section 13.3). */
    public void setElements(Datatype type, int elements) {
        setElements(type, (long) elements);
    }

    /** The same for a count. */
    public void setElementsX(Datatype type, Count elements) {
        setElements(type, elements.getCount());
    }

    private void setElements(Datatype type, long elements) {
        countAs(type.signature().bytes(elements), type);
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
