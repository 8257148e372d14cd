package io.muster.agent;

import io.muster.supervisor.JobOrder;
import java.util.List;

/** What a client says to an agent. Every conversation is one request, some followed by more of the client's. */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, owned by nobody else
sealed interface AgentRequest {
    /** Answered by {@link AgentReply.Described}. */
    record Describe() implements AgentRequest {}

    /**
     * Begins or continues staging: answered by {@link AgentReply.Wanted}. When the content is wanted, {@link Chunk}s
     * follow, each answered by {@link AgentReply.Done}, the last of which stands for the whole file.
     */
    record Stage(String jobId, String relativePath, boolean executable, long sizeBytes, String sha256)
            implements AgentRequest {}

    /** A piece of the file that is being staged. */
    record Chunk(byte[] bytes) implements AgentRequest {}

    /** Answered by {@link AgentReply.Done} once the supervisor has accepted. */
    record Submit(JobOrder order) implements AgentRequest {}

    /** Answered by {@link AgentReply.Entry}s and {@link AgentReply.Heartbeat}s, then {@link AgentReply.Done}. */
    record Follow(String jobId, long fromOffset) implements AgentRequest {}

    /** Answered by {@link AgentReply.Entry}s, those that are written when this comes, then {@link AgentReply.Done}. */
    record FollowPresent(String jobId, long fromOffset) implements AgentRequest {}

    /** Answered by {@link AgentReply.Done}. */
    record Cancel(String jobId, String reason) implements AgentRequest {}

    /** Answered by {@link AgentReply.Jobs}. */
    record ListJobs() implements AgentRequest {}

    /** Answered by {@link AgentReply.Files}s and {@link AgentReply.Heartbeat}s, then {@link AgentReply.Done}. */
    record FindFiles(String jobId, List<String> globs) implements AgentRequest {}

    /** Answered by {@link AgentReply.Content}s, then {@link AgentReply.Checksum}. */
    record Fetch(String jobId, String relativePath) implements AgentRequest {}

    /** Answered by {@link AgentReply.Done}. */
    record Remove(String jobId) implements AgentRequest {}

    /** Answered by {@link AgentReply.Done}. */
    record SetMembers(List<Member> members) implements AgentRequest {}

    /** When the node's time is over, in milliseconds since 1970, 0 for never, and the shell command that ends it. */
    record SetLifetime(long endsAtMillis, String command) implements AgentRequest {}

    /** Answered by {@link AgentReply.Measured}. */
    record Preflight(Member neighbour) implements AgentRequest {}

    /** From a neighbour that measures: answered by {@link AgentReply.Echo} after the whole request arrived. */
    record Ping(byte[] load) implements AgentRequest {}

    /** Answered by {@link AgentReply.Done}, then the agent ends. */
    record Shutdown() implements AgentRequest {}
}
