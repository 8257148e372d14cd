package io.muster.bootstrap.master;

import io.muster.wire.RecordCodec;

/** What the connection master answers. */
sealed interface MasterReply {
    RecordCodec<MasterReply> CODEC = RecordCodec.of(MasterReply.class);

    /** Said to everybody at once, so that nobody waits for a master that hangs. */
    record Hello() implements MasterReply {}

    /** What follows on this line is said by the agent. */
    record Connected() implements MasterReply {}

    /** The sessions are ended. */
    record Forgotten() implements MasterReply {}

    /** The agent cannot be reached. */
    record Failed(String message) implements MasterReply {}
}
