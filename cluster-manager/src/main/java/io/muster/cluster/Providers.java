package io.muster.cluster;

import io.muster.api.MusterException;
import io.muster.provider.BaseImages;
import io.muster.provider.NodeProvider;
import io.muster.provider.ProviderException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The providers of this installation, by the name that a sizing file gives them. Immutable. */
public final class Providers {
    private final Map<String, NodeProvider> byName = new LinkedHashMap<>();

    public Providers(List<NodeProvider> providers) {
        providers.forEach(provider -> byName.put(provider.name(), provider));
    }

    /** Those that may have nodes of this user. */
    List<NodeProvider> setUp() {
        return byName.values().stream().filter(NodeProvider::isSetUp).toList();
    }

    /** Gives a provider the base of its images; blocks until it has all of it. */
    public void importBase(String provider, Path rootFileSystem) {
        if (!(named(provider) instanceof BaseImages images)) {
            throw new MusterException(
                    MusterException.Kind.INPUT,
                    "provider " + provider + " makes no images",
                    "provider: " + provider,
                    "its nodes take what there is",
                    "leave the import out; image: in the sizing file names an image where there is a choice");
        }
        try (InputStream in = Files.newInputStream(rootFileSystem)) {
            images.importBase(in);
        } catch (IOException e) {
            throw new MusterException(
                    MusterException.Kind.INPUT,
                    "the root file system cannot be read",
                    rootFileSystem.toString(),
                    String.valueOf(e),
                    "name a tar archive, as mmdebstrap, debootstrap or docker export make it",
                    e);
        } catch (ProviderException e) {
            throw new MusterException(
                    MusterException.Kind.INFRASTRUCTURE,
                    "the base image was not imported",
                    rootFileSystem.toString(),
                    String.valueOf(e.getMessage()),
                    "see that the Docker Engine runs (docker info) and has space, then run the same command again",
                    e);
        }
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
