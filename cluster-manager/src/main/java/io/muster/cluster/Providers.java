package io.muster.cluster;

import io.muster.api.MusterException;
import io.muster.provider.NodeProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The providers of this installation, by the name that a sizing file gives them. Immutable. */
public final class Providers {
    private final Map<String, NodeProvider> byName = new LinkedHashMap<>();

    public Providers(List<NodeProvider> providers) {
        providers.forEach(provider -> byName.put(provider.name(), provider));
    }

    List<NodeProvider> all() {
        return List.copyOf(byName.values());
    }

    NodeProvider named(String name) {
        NodeProvider provider = byName.get(name);
        if (provider == null) {
            throw new MusterException(
                    MusterException.Kind.INPUT,
                    "provider " + name + " does not come with this version",
                    "provider: " + name,
                    "there are: " + String.join(", ", byName.keySet()),
                    "choose one of these in the sizing file");
        }
        return provider;
    }
}
