package io.muster.mpi.engine;

/** A message that a matched probe has taken: it goes to one receive, whatever others are posted. */
public final class MatchedMessage {
    final Unexpected message;

    MatchedMessage(Unexpected message) {
        this.message = message;
    }

    /** What is known of it. */
    public Arrival arrival() {
        return new Arrival(message.source, message.tag, message.size);
    }
}
