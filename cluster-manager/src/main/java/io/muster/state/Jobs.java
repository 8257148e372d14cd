package io.muster.state;

import io.muster.spec.ClusterName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The jobs of every cluster of a store. */
public interface Jobs {
    /** Writes down a new job, {@link JobState#STAGING}, and gives it the next id of the cluster's name. */
    StoredJob submit(ClusterId cluster, String specJson, Cause cause);

    Optional<StoredJob> find(JobId id);

    /** The jobs of one cluster, oldest first. */
    List<StoredJob> of(ClusterId cluster);

    /** The jobs of every cluster that ever had this name, oldest first. */
    List<StoredJob> ofName(ClusterName name);

    /** The newest jobs of the store, newest first, at most this many. */
    List<StoredJob> newest(int limit);

    /** Moves it to a state that is no end; the first time {@link JobState#RUNNING} is its start. */
    StoredJob move(JobId id, JobState state, Cause cause);

    /** It has ended in that state; the cause's message is kept with it. */
    StoredJob end(JobId id, JobState state, OptionalInt exitCode, Cause cause);

    /**
     * The same for an end that was some time ago.
     *
     * @param when as the head node's clock showed it; a time before the submission or in the future, which a clock that
     *     is wrong gives, is taken for the nearest one that can be
     */
    StoredJob end(JobId id, JobState state, OptionalInt exitCode, Instant when, Cause cause);

    /** Its journal was fetched up to this offset in bytes, which never goes back. */
    StoredJob journalFetched(JobId id, long offset, Cause cause);

    /** Its output files came back. */
    StoredJob outputsFetched(JobId id, Cause cause);
}
