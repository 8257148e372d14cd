package io.muster.api;

import io.muster.plan.ClusterPlan;
import io.muster.spec.ClusterSpec;
import io.muster.spec.JobSpec;
import io.muster.state.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything that Muster does for a user: clusters come up, run jobs and go away.
 *
 * <p>Thread-safe. Calls block until what they promise has happened; an interrupt ends a call early with a
 * {@link MusterException} and leaves a state that the same call, made again, completes. What fails throws a
 * {@link MusterException}, which says what failed, where, what was seen and what to do next.
 *
 * <p>A cluster and its jobs outlive the object and the process: any other one on the same state sees them.
 */
public interface MusterApi extends AutoCloseable {
    /** What {@link #up} would create; creates nothing. */
    ClusterPlan plan(ClusterSpec spec);

    /**
     * What {@link #up} would change of a cluster of this name that stands; changes nothing.
     *
     * @throws MusterException (INPUT) when it cannot follow the difference while it stands
     */
    ClusterChange change(ClusterSpec spec);

    /** What a cluster was last brought up with. */
    ClusterSpec spec(String cluster);

    /**
     * Creates the cluster and blocks until it is ready. On a cluster of the same name it repairs what is missing or
     * dead, finishes what an earlier call did not, and adds and removes nodes until it is as the spec says; jobs that
     * run go on.
     *
     * @throws MusterException (INPUT) when the standing cluster differs in more than its nodes and limits, or a node
     *     that is to go runs a job; (INFRASTRUCTURE) when nodes did not come up: those that did stay, so that a second
     *     call repairs
     */
    ClusterStatus up(ClusterSpec spec, Consumer<Progress> progress);

    /** What stands now, asked from the provider and the agents, not only from the store. */
    ClusterStatus status(String cluster);

    /** All clusters that are wanted or stand, by name. */
    List<ClusterStatus> clusters();

    /**
     * Ends the jobs of a cluster, fetches what they have left, destroys every node, and blocks until the provider lists
     * none. Fetching takes as long as the files are large; a node that says nothing is waited for up to two minutes.
     *
     * @param unsaved what becomes of results that cannot be fetched
     * @throws MusterException (NOT_FOUND) when there is no such cluster, also when it is already down;
     *     (INFRASTRUCTURE) when results could not be fetched and are to be kept, then nothing was destroyed, or when
     *     something is left
     */
    DownReport down(String cluster, Unsaved unsaved, Consumer<Progress> progress);

    /** The same, which keeps the cluster when results cannot be fetched. */
    default DownReport down(String cluster, Consumer<Progress> progress) {
        return down(cluster, Unsaved.KEPT, progress);
    }

    /**
     * What carries this user's tag at any provider that is set up, and belongs to no cluster that is wanted; changes
     * nothing.
     */
    List<Garbage> garbage();

    /** Removes what {@link #garbage} found, as far as nothing wants it meanwhile; blocks until it is gone. */
    CollectionReport collectGarbage(List<Garbage> garbage);

    /**
     * Places, stages and starts a job; blocks until its supervisor runs on the head node, not until the job ends.
     *
     * @param folder folder that relative paths and globs of the spec start from, and that outputs come back to
     */
    JobStatus submit(String cluster, JobSpec spec, Path folder, Consumer<Progress> progress);

    /** State of one job, asked from its cluster while it is not final. */
    JobStatus job(String jobId);

    /** Jobs of one cluster or of all, newest last. */
    List<JobStatus> jobs(Optional<String> cluster);

    /**
     * Gives the job's output from its first line, also after the cluster is gone.
     *
     * <p>With {@link Follow#UNTIL_END} it blocks until the job has ended, and attaches again when a connection breaks.
     * With {@link Follow#WHAT_IS_THERE} it returns after what is there now.
     */
    JobStatus logs(String jobId, Follow follow, Consumer<OutputLine> lines);

    /** How far {@link #logs} goes. */
    enum Follow {
        UNTIL_END,
        WHAT_IS_THERE
    }

    /** Ends a running job; blocks until no process of it is left. A job that has ended stays as it is. */
    JobStatus cancel(String jobId);

    /**
     * Fetches what an ended job left and its outputs name, into the folder that it was submitted from, and removes the
     * job from the nodes. Phase "fetch" in the progress. A second call fetches nothing.
     *
     * @return the files that are there now
     * @throws MusterException (INPUT) when the job has not ended
     */
    List<Path> collect(String jobId, Consumer<Progress> progress);

    /**
     * Gives a provider that makes its own images the root file system, a tar archive, that they start from; for
     * machines that reach no registry. Blocks until the provider has it.
     */
    void importImage(String provider, Path rootFileSystem);

    /** Every change of a cluster, its nodes and its jobs, oldest first. */
    List<Event> events(String cluster);

    /** How to log in: the command line of the real ssh client for a node, or for the head node when none is named. */
    SshAccess ssh(String cluster, Optional<String> node);

    @Override
    void close();
}
