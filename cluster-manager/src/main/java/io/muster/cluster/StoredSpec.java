package io.muster.cluster;

import io.muster.api.MusterException;
import io.muster.api.MusterException.Kind;
import io.muster.spec.ClusterSpec;
import io.muster.spec.ReadResult;
import io.muster.spec.SpecReader;
import io.muster.state.StoredCluster;

/** The sizing file that a cluster was last brought up with. */
public final class StoredSpec {
    private StoredSpec() {}

    /**
     * Reads it out of what the store knows.
     *
     * @throws MusterException (INFRASTRUCTURE) when another version has written what this one cannot read
     */
    public static ClusterSpec of(StoredCluster cluster) {
        return switch (SpecReader.parse("the state store", cluster.specYaml())) {
            case ReadResult.Ok ok -> ok.spec();
            case ReadResult.Problems wrong ->
                throw new MusterException(
                        Kind.INFRASTRUCTURE,
                        "the sizing file that cluster " + cluster.name() + " stands with cannot be read",
                        "state store",
                        wrong.problems().getFirst().what(),
                        "another version of Muster made it: use that one, or take the cluster down");
        };
    }
}
