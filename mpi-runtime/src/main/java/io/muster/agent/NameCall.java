package io.muster.agent;

import io.muster.wire.RecordCodec;
import io.muster.wireup.LauncherAnswer;
import io.muster.wireup.LauncherRequest;

/**
 * What the agent of a node says to the one that keeps the names of the cluster; each call has one answer. When the
 * conversation ends, what was published in it is gone.
 */
sealed interface NameCall {
    /** Name of the service. */
    String SERVICE = "names";

    /** How calls travel. */
    RecordCodec<NameCall> CALLS = RecordCodec.of(NameCall.class);

    /** How answers travel. */
    RecordCodec<LauncherAnswer> ANSWERS = RecordCodec.of(LauncherAnswer.class);

    /** A rank asks for this. */
    record Ask(LauncherRequest request) implements NameCall {}

    /** The publisher lives. */
    record Alive() implements NameCall {}
}
