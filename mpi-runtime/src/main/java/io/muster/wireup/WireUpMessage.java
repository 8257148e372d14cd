package io.muster.wireup;

import java.util.List;

/**
 * What rank and launcher say to each other.
 *
 * <pre>
 * rank                                launcher
 *  | -------- connect ----------------> |
 *  | <------- Challenge(nonce) -------- |
 *  | -------- Hello(rank, nonce, mac) > |   mac = HMAC(secret, "rank", rank, both nonces)
 *  | <------- Welcome(mac) ------------ |   mac = HMAC(secret, "launcher", rank, both nonces)
 *  | -------- Publish(address) -------> |
 *  | <------- Table(addresses) -------- |   when every rank of the job has published
 *  | <------- Lost(rank, reason) ------ |   at any time
 *  | -------- Ask(id, request) -------> |
 *  | <------- Answer(id, answer) ------ |   any number under way, answered in any order
 *  | -------- Abort / Goodbye --------> |
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, owned by nobody else
sealed interface WireUpMessage {
    /** Prove that you know the secret. */
    record Challenge(byte[] nonce) implements WireUpMessage {}

    /** Proof, and the same asked back. */
    record Hello(int rank, byte[] nonce, byte[] mac) implements WireUpMessage {}

    /** Proof of the launcher. */
    record Welcome(byte[] mac) implements WireUpMessage {}

    /** Where a rank can be reached. */
    record Publish(RankAddress address) implements WireUpMessage {}

    /** Where all ranks can be reached, in rank order. */
    record Table(List<RankAddress> addresses) implements WireUpMessage {}

    /** A rank is gone. */
    record Lost(RankLost rank) implements WireUpMessage {}

    /** The rank wants something done; its number among the requests of this rank names it in the answer. */
    record Ask(long id, LauncherRequest request) implements WireUpMessage {}

    /** How a request went. */
    record Answer(long id, LauncherAnswer answer) implements WireUpMessage {}

    /** The rank wants the job to end. */
    record Abort(int exitCode, String reason) implements WireUpMessage {}

    /** The rank has left MPI in order. */
    record Goodbye() implements WireUpMessage {}
}
