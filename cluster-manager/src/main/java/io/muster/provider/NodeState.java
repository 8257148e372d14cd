package io.muster.provider;

/** What is known of a node that exists. */
public sealed interface NodeState {

    /** It was asked for and has not answered yet; whoever asked may be gone. */
    record Starting() implements NodeState {}

    /**
     * It runs and its SSH server listens.
     *
     * @param ssh where the manager logs in
     * @param address IP address under which the other nodes of the cluster reach it
     */
    record Running(SshAddress ssh, String address) implements NodeState {}

    /**
     * It does not run any more, or never did, but something of it is still there.
     *
     * @param reason what was seen
     */
    record Stopped(String reason) implements NodeState {}
}
