package io.muster.provider;

/**
 * Something that is still there after it should have been destroyed.
 *
 * @param node name of the node it belongs to; empty for what belongs to the cluster as a whole
 * @param what what it is: a process, folder, instance, address with its id
 * @param reason why it is still there, and the next step
 */
public record LeftOver(String node, String what, String reason) {}
