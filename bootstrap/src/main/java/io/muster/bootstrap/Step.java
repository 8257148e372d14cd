package io.muster.bootstrap;

/** What is done to a node, in this order. */
public enum Step {
    /** Wait for SSH, check the host key, log in. */
    CONNECT,
    /** See what the node is, and whether the bundle runs on it. */
    LOOK,
    /** Bring the bundle. */
    PUSH,
    /** Bring the keys of the cluster. */
    KEYS,
    /** Write host files and the ssh configuration between nodes. */
    HOSTS,
    /** Have the right agent running and answering. */
    AGENT,
    /** Tell the agent who is in the cluster. */
    MEMBERS,
    /** Measure the connection to the next node. */
    PREFLIGHT
}
