package io.muster.agent;

import io.muster.wire.Conversation;
import io.muster.wire.LineOpener;
import io.muster.wire.RecordCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** The client's side of one conversation with an agent. */
final class AgentCall implements AutoCloseable {
    /** Name of the service that an agent offers to managers and neighbours. */
    static final String SERVICE = "agent";

    static final RecordCodec<AgentRequest> REQUESTS = RecordCodec.of(AgentRequest.class);
    static final RecordCodec<AgentReply> REPLIES = RecordCodec.of(AgentReply.class);

    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(60);

    private final Conversation<AgentRequest, AgentReply> conversation;
    private final Consumer<AgentCall> onClose;
    private boolean done;

    private AgentCall(Conversation<AgentRequest, AgentReply> conversation, Consumer<AgentCall> onClose) {
        this.conversation = conversation;
        this.onClose = onClose;
    }

    static AgentCall open(LineOpener lines, Consumer<AgentCall> onClose) throws IOException {
        return new AgentCall(new Conversation<>(lines.open(), REQUESTS, REPLIES), onClose);
    }

    void send(AgentRequest request) throws IOException {
        conversation.send(request);
    }

    AgentReply receive() throws IOException {
        AgentReply reply = conversation
                .receive(ANSWER_DEADLINE)
                .orElseThrow(() -> new IOException("the agent at " + conversation.peer()
                        + " ended the conversation before it answered; see its agent.log"));
        if (reply instanceof AgentReply.Failed failed) {
            throw new AgentException(failed.kind(), failed.message());
        }
        return reply;
    }

    <T extends AgentReply> T expect(Class<T> type) throws IOException {
        AgentReply reply = receive();
        if (!type.isInstance(reply)) {
            throw unexpected(reply);
        }
        return type.cast(reply);
    }

    IOException unexpected(AgentReply reply) {
        return new IOException("the agent at " + conversation.peer() + " answered with "
                + reply.getClass().getSimpleName() + ", which does not fit; is it of the same version?");
    }

    /** The answer has come as a whole: the same conversation may ask for something else. */
    void done() {
        done = true;
    }

    /** Whether the last answer came as a whole; from now on another one is awaited. */
    boolean takeDone() {
        boolean was = done;
        done = false;
        return was;
    }

    /** Ends the conversation, whatever it is about. */
    void hangUp() {
        conversation.close();
    }

    /** The caller needs it no more; whoever opened it ends it or keeps it. */
    @Override
    public void close() {
        onClose.accept(this);
    }
}
