package io.muster.state;

import io.muster.spec.ClusterName;
import java.util.List;

/** What happened, oldest first. Events are written by changes; only a note is written by itself. */
public interface Events {
    /** The events of one cluster with an id above {@code afterId}; 0 for all. At most {@code limit}. */
    List<Event> of(ClusterId cluster, long afterId, int limit);

    /** The events of every cluster that ever had this name, as {@link #of}. */
    List<Event> ofName(ClusterName name, long afterId, int limit);

    /** The events of one job. */
    List<Event> ofJob(JobId id);

    /** Remembers something that changed nothing. */
    Event note(ClusterId cluster, Cause cause);

    /** Remembers something about a node that changed nothing. */
    Event note(ClusterId cluster, String node, Cause cause);

    /** Remembers something about a job that changed nothing. */
    Event note(JobId job, Cause cause);
}
