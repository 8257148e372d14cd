package io.muster.cluster;

import io.muster.launch.MpiLibrary;
import io.muster.spec.ClusterSpec;
import io.muster.spec.MpiRuntime;
import io.muster.spec.RuntimeSpec;
import java.util.Optional;

/** The message-passing library of a job, from what the user says of the cluster and of the job. */
public final class Libraries {
    private Libraries() {}

    /**
     * The library of a job.
     *
     * @param asked what the job names; empty: what the cluster has first
     */
    public static MpiLibrary of(ClusterSpec cluster, Optional<MpiRuntime> asked) {
        return of(asked.map(cluster::runtime).orElseGet(cluster::runtime));
    }

    static MpiLibrary of(RuntimeSpec runtime) {
        return new MpiLibrary(
                switch (runtime.runtime()) {
                    case MUSTER -> MpiLibrary.Kind.MUSTER;
                    case OPENMPI -> MpiLibrary.Kind.OPEN_MPI;
                    case MPICH -> MpiLibrary.Kind.MPICH;
                    case MPJ_EXPRESS -> MpiLibrary.Kind.MPJ_EXPRESS;
                },
                runtime.archive().isPresent() ? Optional.of(Archives.place(runtime)) : runtime.home(),
                runtime.modules());
    }
}
