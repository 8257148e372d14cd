package mpi;

/** A number of elements that may be beyond an {@code int} (MPI 4.1, section 2.5.8). */
@SuppressWarnings("ComparableType") // the bindings compare with any object
public class Count implements Comparable<Object> {
    private long count;

    public Count(long count) {
        this.count = count;
    }

    public long getCount() {
        return count;
    }

    public void setCount(long count) {
        this.count = count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Count that && that.count == count;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count);
    }

    /**
     * By value.
     *
     * @throws ClassCastException when {@code other} is no count
     */
    @Override
    public int compareTo(Object other) {
        return Long.compare(count, ((Count) other).count);
    }
}
