package io.muster.bootstrap.bundle;

/** How pushing a bundle to a node ended. */
public sealed interface PushResult {
    /**
     * The bundle was sent and is complete.
     *
     * @param bytes size of the files
     * @param travelled bytes that stood for them on the way
     */
    record Sent(long bytes, long travelled) implements PushResult {}

    /**
     * Another node gave the bundle, and it is complete and the right one.
     *
     * @param bytes size of the files
     * @param from name of that node
     */
    record Fetched(long bytes, String from) implements PushResult {}

    /**
     * The node is on this machine and took the bundle from where it lies here.
     *
     * @param bytes size of the files
     */
    record Shared(long bytes) implements PushResult {}

    /** A whole and untouched copy was there; nothing was sent. */
    record AlreadyThere() implements PushResult {}

    /**
     * The node's disk has not enough room; nothing of the attempt is left there.
     *
     * @param path folder on the node, from the user's home
     */
    record NoRoom(String path, long neededBytes, long freeBytes) implements PushResult {}

    /**
     * The node could not unpack; nothing of the attempt is left there.
     *
     * @param message what its shell said
     */
    record Refused(String message) implements PushResult {}
}
