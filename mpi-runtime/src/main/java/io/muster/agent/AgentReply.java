package io.muster.agent;

import io.muster.supervisor.JournalEntry;
import java.util.List;

/** What an agent says to a client. {@link Failed} may stand in the place of any other. */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, owned by nobody else
sealed interface AgentReply {
    /** It is done. */
    record Done() implements AgentReply {}

    /** It cannot be done. */
    record Failed(AgentException.Kind kind, String message) implements AgentReply {}

    /** What the agent says of itself. */
    record Described(AgentDescription description) implements AgentReply {}

    /** Whether the agent needs the content of a file, or has it. */
    record Wanted(boolean content) implements AgentReply {}

    /** An event of a job. */
    record Entry(JournalEntry entry) implements AgentReply {}

    /** Nothing new, but the agent lives. */
    record Heartbeat() implements AgentReply {}

    /** The jobs whose journals are here. */
    record Jobs(List<JobSummary> jobs) implements AgentReply {}

    /** Some of the files that match. */
    record Files(List<FoundFile> files) implements AgentReply {}

    /** A piece of a file. */
    record Content(byte[] bytes) implements AgentReply {}

    /** End of a file, and the SHA-256 of what was sent. */
    record Checksum(String sha256) implements AgentReply {}

    /** Result of a preflight. */
    record Measured(PreflightResult result) implements AgentReply {}

    /** The answer to a ping, with this node's clock. */
    record Echo(long nowNanos) implements AgentReply {}
}
