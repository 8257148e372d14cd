package io.muster.embedded;

import io.muster.provider.Creations;
import io.muster.provider.FailureKind;
import io.muster.provider.LeftOver;
import io.muster.provider.NodeOutcome;
import io.muster.provider.NodeProvider;
import io.muster.provider.NodeRequest;
import io.muster.provider.ProvidedNode;
import io.muster.provider.ProviderException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** A provider whose other end is down. */
final class SilentProvider implements NodeProvider {
    private static final String REASON = "nobody is there";

    @Override
    public String name() {
        return "silent";
    }

    @Override
    public boolean isSetUp() {
        return true;
    }

    @Override
    public List<NodeOutcome> create(List<NodeRequest> requests) {
        return Creations.allAtOnce(
                requests, request -> new NodeOutcome.Failed(request.name(), FailureKind.TRANSIENT, REASON));
    }

    @Override
    public List<ProvidedNode> list(String cluster) throws ProviderException {
        throw new ProviderException(REASON, new IOException(REASON));
    }

    @Override
    public List<ProvidedNode> listAll() throws ProviderException {
        throw new ProviderException(REASON, new IOException(REASON));
    }

    @Override
    public List<LeftOver> destroy(String cluster, Collection<String> nodes) {
        return List.of(new LeftOver("", "whatever there is", REASON));
    }

    @Override
    public List<LeftOver> destroyAll(String cluster) {
        return List.of(new LeftOver("", "whatever there is", REASON));
    }
}
