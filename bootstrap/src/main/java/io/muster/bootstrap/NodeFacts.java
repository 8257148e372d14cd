package io.muster.bootstrap;

/**
 * What a node is, as its shell sees it.
 *
 * @param machine processor, as {@code uname -m} names it
 * @param kernel release of the Linux kernel
 * @param freeDiskBytes room in the file system of the user's home
 * @param freeSharedBytes room in {@code /dev/shm}; 0 when there is none
 * @param clockOffsetSeconds the node's clock minus this machine's, to about a second
 * @param userId 0 is root
 * @param sudo whether the user becomes root without a password
 */
public record NodeFacts(
        String machine,
        String kernel,
        int cores,
        long memoryBytes,
        long freeDiskBytes,
        long freeSharedBytes,
        long clockOffsetSeconds,
        int userId,
        boolean sudo) {}
