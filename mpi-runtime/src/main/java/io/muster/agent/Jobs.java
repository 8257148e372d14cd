package io.muster.agent;

import io.muster.launch.Folders;
import io.muster.launch.ProcessMark;
import io.muster.supervisor.JobEvent;
import io.muster.supervisor.JobOrder;
import io.muster.supervisor.JobOutcome;
import io.muster.supervisor.Journal;
import io.muster.supervisor.JournalEntry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The jobs of a node: their folders, and the supervisors of those that it is the head of. Thread-safe. */
final class Jobs {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration SETTLE_DEADLINE = Duration.ofSeconds(30);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration WRITE_AGAIN = Duration.ofSeconds(5);

    /** More than a supervisor waits for nodes that do not answer. */
    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(55);

    private final Path root;
    private final SupervisorCommand supervisors;
    private final SpareSupervisor spare;
    private final Consumer<String> log;
    private final Map<String, RunningJob> running = new ConcurrentHashMap<>();

    /** Outcomes that the disk had no room for. */
    private final Map<String, JobOutcome> unwritten = new ConcurrentHashMap<>();

    private final Set<String> hosted = ConcurrentHashMap.newKeySet();

    Jobs(Path agentFolder, Path keys, ProcessMark mark, Consumer<String> log) {
        this.root = agentFolder.resolve("jobs").toAbsolutePath();
        this.supervisors = new SupervisorCommand(keys.toAbsolutePath(), mark);
        this.spare = new SpareSupervisor(supervisors, agentFolder.resolve("supervisor.log"), log);
        this.log = log;
    }

    /** Gives the jobs that ran under an agent that died an end. */
    void closeUnfinished() throws IOException {
        Files.createDirectories(root);
        for (JobFolder job : folders()) {
            if (job.isHead() && job.outcome(log).isEmpty()) {
                JobOutcome outcome = job.close(JobOutcome.lost("the agent of the head node died while the job ran"));
                log.accept("job " + job.jobId() + " was left without an end: " + outcome);
            }
        }
    }

    JobFolder folder(String jobId) throws AgentException {
        try {
            return new JobFolder(jobId, root.resolve(JobOrder.checkJobId(jobId)));
        } catch (IllegalArgumentException e) {
            throw new AgentException(AgentException.Kind.WRONG_INPUT, String.valueOf(e.getMessage()));
        }
    }

    private JobFolder headFolder(String jobId) throws AgentException {
        JobFolder job = folder(jobId);
        if (!job.isHead()) {
            throw new AgentException(
                    AgentException.Kind.NOT_FOUND, "there is no job " + jobId + " whose head is this node");
        }
        return job;
    }

    private List<JobFolder> folders() throws IOException {
        List<JobFolder> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path each : all) {
                found.add(new JobFolder(each.getFileName().toString(), each));
            }
        }
        return found;
    }

    synchronized void submit(JobOrder order) throws IOException {
        JobFolder job = folder(order.jobId());
        if (job.isHead()) {
            throw new AgentException(AgentException.Kind.CONFLICT, "job " + order.jobId() + " was submitted before");
        }
        job.createWork();
        job.writeOrder(order);
        RunningJob started;
        try {
            started = RunningJob.start(job, supervisors, spare);
        } catch (IOException e) {
            job.close(JobOutcome.infrastructure(String.valueOf(e.getMessage())));
            throw e;
        }
        running.put(order.jobId(), started);
        log.accept("job " + order.jobId() + " was accepted: " + order.size() + " ranks on "
                + order.nodes().size() + " nodes");
        Thread.ofVirtual().name("job-" + order.jobId()).start(() -> {
            finish(job, started);
            spare.prepare(order.nodes().getFirst());
        });
    }

    private void finish(JobFolder job, RunningJob supervised) {
        try {
            JobOutcome otherwise = supervised.awaitEnd();
            while (!close(job, otherwise) && Files.exists(job.path())) {
                Thread.sleep(WRITE_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            unwritten.remove(job.jobId());
            running.remove(job.jobId());
        }
    }

    /** Whether the end of the job is written down; until then, those who ask are told all the same. */
    private boolean close(JobFolder job, JobOutcome otherwise) {
        try {
            JobOutcome outcome = job.close(otherwise);
            log.accept("job " + job.jobId() + " ended: " + outcome);
            return true;
        } catch (IOException e) {
            if (unwritten.put(job.jobId(), otherwise) == null) {
                log.accept("job " + job.jobId() + ": cannot write its outcome, will try again: " + e.getMessage());
            }
            running.remove(job.jobId());
            return false;
        }
    }

    void cancel(String jobId, String reason) throws IOException {
        headFolder(jobId);
        RunningJob job = running.get(jobId);
        if (job != null) {
            job.cancel(reason, CANCEL_PATIENCE);
        }
    }

    List<JobSummary> summaries() throws IOException {
        List<JobSummary> all = new ArrayList<>();
        for (JobFolder job : folders()) {
            if (job.isHead()) {
                all.add(new JobSummary(job.jobId(), job.ranks(), outcome(job)));
            }
        }
        return all;
    }

    private Optional<JobOutcome> outcome(JobFolder job) throws IOException {
        JobOutcome known = unwritten.get(job.jobId());
        return known == null ? job.outcome(log) : Optional.of(known);
    }

    /** Ids of jobs that this node works for now. */
    List<String> active() {
        TreeSet<String> active = new TreeSet<>(running.keySet());
        active.addAll(hosted);
        return List.copyOf(active);
    }

    /** Notes that ranks of a job run here; false when some do already. */
    boolean beginHosting(String jobId) {
        return hosted.add(jobId);
    }

    void endHosting(String jobId) {
        hosted.remove(jobId);
    }

    void remove(String jobId) throws IOException {
        JobFolder job = folder(jobId);
        if (!awaitIdle(jobId)) {
            throw new AgentException(
                    AgentException.Kind.CONFLICT,
                    "job " + jobId + " still runs here after " + SETTLE_DEADLINE.toSeconds() + " s; cancel it first");
        }
        Folders.delete(job.path());
    }

    /** Between the end in the journal and that of the supervisor and its lines lies a moment. */
    private boolean awaitIdle(String jobId) {
        long until = System.nanoTime() + SETTLE_DEADLINE.toNanos();
        while (running.containsKey(jobId) || hosted.contains(jobId)) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }

    /** Sends the journal from an offset to its end. */
    void follow(String jobId, long fromOffset, AgentService.Replies replies) throws IOException {
        JobFolder job = headFolder(jobId);
        try (Journal journal = journal(job)) {
            long offset = fromOffset;
            long heartbeatNanos = System.nanoTime() + HEARTBEAT.toNanos();
            while (true) {
                boolean over = job.outcome(log).isPresent();
                Optional<JournalEntry> entry = entryAt(journal, offset);
                if (entry.isPresent()) {
                    replies.send(new AgentReply.Entry(entry.get()));
                    offset = entry.get().nextOffset();
                    if (entry.get().event() instanceof JobEvent.Ended) {
                        if (!awaitIdle(jobId)) {
                            log.accept("job " + jobId + " has ended, but this node is not done with it after "
                                    + SETTLE_DEADLINE.toSeconds() + " s");
                        }
                        replies.send(new AgentReply.Done());
                        return;
                    }
                } else if (sendUnwritten(jobId, offset, replies)) {
                    replies.send(new AgentReply.Done());
                    return;
                } else if (over) {
                    throw new AgentException(
                            AgentException.Kind.WRONG_INPUT,
                            "job " + jobId + " has ended, and no event of it begins at offset " + offset);
                } else if (System.nanoTime() - heartbeatNanos > 0) {
                    heartbeatNanos = System.nanoTime() + HEARTBEAT.toNanos();
                    requireThere(job);
                    replies.send(new AgentReply.Heartbeat());
                } else {
                    LockSupport.parkNanos(LOOK_AGAIN.toNanos());
                }
            }
        }
    }

    /** Sends what stands in the journal now, from an offset on: also a job that never stops to write has a now. */
    void followPresent(String jobId, long fromOffset, AgentService.Replies replies) throws IOException {
        JobFolder job = headFolder(jobId);
        try (Journal journal = journal(job)) {
            long presentBytes = journal.sizeBytes();
            if (fromOffset > presentBytes) {
                throw new AgentException(
                        AgentException.Kind.WRONG_INPUT,
                        "the journal of job " + jobId + " has " + presentBytes + " bytes, and no offset " + fromOffset);
            }
            long offset = fromOffset;
            while (offset < presentBytes) {
                Optional<JournalEntry> entry = entryAt(journal, offset);
                if (entry.isEmpty()) {
                    break;
                }
                replies.send(new AgentReply.Entry(entry.get()));
                offset = entry.get().nextOffset();
            }
            boolean _ = sendUnwritten(jobId, offset, replies);
            replies.send(new AgentReply.Done());
        }
    }

    /** Sends the end of a job that its journal had no room for; whether there is such a one. */
    private boolean sendUnwritten(String jobId, long offset, AgentService.Replies replies) throws IOException {
        JobOutcome outcome = unwritten.get(jobId);
        if (outcome == null) {
            return false;
        }
        JobEvent end = new JobEvent.Ended(System.currentTimeMillis(), outcome);
        replies.send(new AgentReply.Entry(new JournalEntry(offset, offset + 1, end)));
        return true;
    }

    private static Optional<JournalEntry> entryAt(Journal journal, long offset) throws IOException {
        try {
            return journal.entryAt(offset);
        } catch (IOException e) {
            throw new AgentException(AgentException.Kind.WRONG_INPUT, String.valueOf(e.getMessage()));
        }
    }

    /** Whoever follows the same job may have its end and its outputs already, and have removed it. */
    private static Journal journal(JobFolder job) throws IOException {
        try {
            return Journal.read(job.journal());
        } catch (NoSuchFileException e) {
            throw new AgentException(AgentException.Kind.NOT_FOUND, "job " + job.jobId() + " was removed");
        }
    }

    private static void requireThere(JobFolder job) throws IOException {
        if (!Files.exists(job.journal())) {
            throw new AgentException(AgentException.Kind.NOT_FOUND, "job " + job.jobId() + " was removed");
        }
    }
}
