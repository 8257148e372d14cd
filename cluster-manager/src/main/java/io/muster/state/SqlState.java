package io.muster.state;

/** The tables over one source of transactions. */
record SqlState(Clusters clusters, Nodes nodes, Jobs jobs, Events events) implements State {
    static SqlState over(Sessions sessions) {
        return new SqlState(
                new SqlClusters(sessions), new SqlNodes(sessions), new SqlJobs(sessions), new SqlEvents(sessions));
    }
}
