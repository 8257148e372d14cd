package mpi;

/** Something that holds resources until it is freed. */
public interface Freeable {
    /** Gives the resources back; the object may not be used afterwards. */
    void free();
}
